"""Facets against brute force; and the gate: the function, the SQL condition and the index always agree."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from catalog import clock
from catalog.certificates.gate import SellingPolicy, Verdict, gate, listable
from catalog.certificates.models import Recognition
from catalog.certificates.services import facts_of, refresh_gate
from catalog.products.models import Product
from catalog.search import codes, services
from catalog.search.facets import band_value
from catalog.search.query import SearchQuery
from tests.factories import add_recognition, make_offer, make_producer, make_product

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
CASES = 200


def _world(chance: random.Random) -> list[Product]:
    kinds = [make_producer(kind=kind, province_code=p) for kind, p in (("cooperative", "68"), ("household", "86"))]
    for number in range(60):
        producer = chance.choice(kinds)
        region = "tay-nguyen" if producer.province_code == "68" else "dong-bang-song-cuu-long"
        star, branch = chance.choice((3, 4, 5)), chance.choice((1, 2, 4))
        product = make_product(f"Quà {number}", producer=producer, star=star, branch=branch, region=region)
        if chance.random() < 0.8:
            make_offer(product, price=chance.choice((20_000, 70_000, 150_000, 900_000)))
        if chance.random() < 0.3:
            Product.objects.filter(pk=product.pk).update(in_stock=False)
    return list(Product.objects.select_related("producer"))


def _values(product: Product) -> dict[str, str]:
    band = codes.price_band(product.price_from)
    return {
        "province": product.province_code,
        "region": product.region,
        "star": str(product.star),
        "branch": str(product.branch),
        "producer_kind": product.producer.kind,
        "price": band_value(band) if band else "",
        "in_stock": "1" if product.in_stock else "",
    }


def test_facets_are_what_counting_by_hand_gives(index: None) -> None:
    chance = random.Random(7)
    with clock.as_of(TODAY):
        rows = [(product.pk, _values(product)) for product in _world(chance)]
        services.catch_up()
        for _ in range(CASES):
            chosen = {name: chance.choice(rows)[1][name] for name in rows[0][1] if chance.random() < 0.35}
            chosen = {name: value for name, value in chosen.items() if value}
            page = services.search(_query(chosen))
            matching = [pk for pk, row in rows if all(row[name] == value for name, value in chosen.items())]
            assert page.total == len(matching)
            for facet, values in page.facets.items():
                others = {name: value for name, value in chosen.items() if name != facet}
                left = [row for _, row in rows if all(row[name] == value for name, value in others.items())]
                counted = Counter(row[facet] for row in left if row[facet])
                assert {value.value: value.count for value in values if value.count} == counted, (chosen, facet)


def _query(chosen: dict[str, str]) -> SearchQuery:
    low, _, high = chosen.get("price", "").partition("-")
    return SearchQuery(
        province=tuple(v for k, v in chosen.items() if k == "province"),
        region=tuple(v for k, v in chosen.items() if k == "region"),
        star=tuple(int(v) for k, v in chosen.items() if k == "star"),
        branch=tuple(int(v) for k, v in chosen.items() if k == "branch"),
        producer_kind=tuple(v for k, v in chosen.items() if k == "producer_kind"),
        price_min=int(low) if low else None,
        price_max=int(high) if high else None,
        in_stock="in_stock" in chosen,
        per_page=100,
    )


def test_function_sql_and_index_agree_on_every_day(index: None) -> None:
    chance = random.Random(11)
    authorities = ["UBND tỉnh Lâm Đồng", "UBND huyện Đức Trọng", "Bộ Nông nghiệp và Môi trường", "UBND xã Ninh Gia"]
    for _ in range(60):
        product = make_product(star=chance.choice((2, 3, 4, 5)), issued_on=_day(chance))
        for _ in range(chance.randrange(3)):
            add_recognition(product, star=chance.choice((3, 4, 5)), issued_on=_day(chance),
                            authority=chance.choice(authorities))  # fmt: skip
        changes = {"status": chance.choice(("valid", "valid", "valid", "revoked", "suspended", "extended"))}
        product.source_records.filter(pk=product.source_records.order_by("?").values("pk")[:1]).update(**changes)
        if chance.random() < 0.15:
            Product.objects.filter(pk=product.pk).update(suspended_reason="kiểm tra")
    refresh_gate(Product.objects.values_list("pk", flat=True))
    services.catch_up()
    for _ in range(60):
        day = date(2023, 1, 1) + timedelta(days=chance.randrange(2500))
        by_function = {p.pk for p in Product.objects.all() if _verdict(p).allows(day)}
        by_sql = set(Product.objects.filter(listable(day)).values_list("pk", flat=True))
        with clock.as_of(day):
            by_index = {p.pk for p in services.search(SearchQuery(per_page=100, adult=True)).products}
            counted = services.search(SearchQuery(per_page=100, adult=True)).total
        assert by_function == by_sql == by_index
        assert counted == len(by_sql)


def _day(chance: random.Random) -> date:
    return chance.choice([date(2024, 2, 29), date(2022, 5, 1) + timedelta(days=chance.randrange(1600))])


def _verdict(product: Product) -> Verdict:
    told = [facts_of(one) for one in Recognition.objects.filter(product=product).order_by("pk")]
    return gate(told, SellingPolicy(suspended=bool(product.suspended_reason)))
