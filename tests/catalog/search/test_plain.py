"""While no engine answers: the list that the engine would give without words, said in the log and on the page."""

import logging
import random
import shutil
from datetime import date

import pytest
from django.test import Client

from catalog import clock
from catalog.health import probes
from catalog.products.models import Product, Restriction
from catalog.search import plain, pointer, services
from catalog.search.query import SearchQuery
from catalog.search.reading import read
from tests.catalog.search.conftest import only_tantivy
from tests.factories import make_offer, make_producer, make_product

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
SORTS = ("relevance", "price", "-price", "star", "newest")


def world(chance: random.Random) -> None:
    places = (("68", "", "tay-nguyen"), ("68", "60", "duyen-hai-nam-trung-bo"), ("86", "86", "dong-bang-song-cuu-long"))
    for number in range(50):
        province, old, region = chance.choice(places)
        producer = make_producer(kind=chance.choice(("cooperative", "household", "")), province_code=province)
        facts = {"old_province_code": old, "region": region, "branch": chance.choice((1, 2, None))}
        facts["commune_code"] = chance.choice(("24778", "24778", "00004", ""))
        if chance.random() < 0.1:
            facts["restriction"] = Restriction.ALCOHOL
        issued_on = date(2022 if number % 9 == 4 else 2025, 1 + number % 12, 3)  # every ninth has expired
        product = make_product(
            f"Quà {number}", producer=producer, star=chance.choice((3, 4)), issued_on=issued_on, **facts
        )
        if chance.random() < 0.7:
            make_offer(product, price=chance.choice((20_000, 70_000, 150_000)))
        Product.objects.filter(pk=product.pk).update(in_stock=chance.random() < 0.5)


def asked(chance: random.Random) -> SearchQuery:
    def some(*values: object) -> tuple[object, ...]:
        return tuple(chance.sample(values, chance.choice((0, 0, 1, 2))))

    return SearchQuery(
        text=chance.choice(("", "", "Bình Thuận", "ở Lâm Đồng", "Tây Nguyên")),
        province=some("68", "86", "99", "x"),  # type: ignore[arg-type]
        commune=chance.choice(((), (), ("24778",), ("24778", "00001"), ("x",))),
        old_province=some("60", "86", "99"),  # type: ignore[arg-type]
        region=some("tay-nguyen", "dong-bang-song-cuu-long", "mien-nao"),  # type: ignore[arg-type]
        star=some(3, 4, 5),  # type: ignore[arg-type]
        branch=some(1, 2, 77),  # type: ignore[arg-type]
        producer_kind=some("cooperative", "household", "kingdom"),  # type: ignore[arg-type]
        price_min=chance.choice((None, None, 0, 50_000)),
        price_max=chance.choice((None, None, 99_999)),
        in_stock=chance.random() < 0.2,
        adult=chance.random() < 0.5,
        sort=chance.choice(SORTS),
        page=chance.choice((1, 1, 2)),
        per_page=7,
        exact=True,
    )


def test_it_is_what_the_engine_gives_without_words(index: None) -> None:
    chance = random.Random(5)
    found_some = 0
    with clock.as_of(TODAY):
        world(chance)
        services.catch_up()
        for _ in range(1000):
            query = asked(chance)
            request = read(query).request
            engine, listed = services.engine().search(request), plain.search(request)
            assert (listed.total, listed.ids) == (engine.total, engine.ids), query
            found_some += bool(engine.ids)
    assert found_some > 100


@only_tantivy
def test_a_lost_index_is_told_once_and_the_shop_goes_on(
    index: None, client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes, "_searched", False)
    honey = make_product("Mật ong bạc hà")
    gone = make_product("Mật ong rừng", issued_on=date(2020, 1, 1))
    make_product("Trà hoa")
    services.catch_up()
    assert client.get("/health/ready").status_code == 200
    assert "tạm gián đoạn" not in client.get("/tim/?q=mat+ong").content.decode()

    shutil.rmtree(pointer.directory())
    with caplog.at_level(logging.WARNING, "catalog.search.services"):
        pages = [client.get("/tim/?q=mat+ong&sao=3").content.decode() for _ in range(2)]

    for page in pages:
        assert "tạm gián đoạn" in page
        assert honey.name in page  # words are not looked at, the gate is
        assert "Trà hoa" in page
        assert gone.name not in page
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["search"]) == (200, "no index")

    caplog.clear()
    services.catch_up()
    page = client.get("/tim/?q=mat+ong&sao=3").content.decode()
    assert "tạm gián đoạn" not in page
    assert "Trà hoa" not in page
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_plain_page_asks_the_database_a_fixed_number_of_questions(index: None, django_assert_num_queries) -> None:
    for _ in range(30):
        make_product()
    with django_assert_num_queries(3):  # the ids, how many, the rows
        page = services.search(SearchQuery(text="không ai có chữ này"))
    assert (page.plain, page.total, len(page.products)) == (True, 30, 24)
    services.catch_up()
    assert not services.search(SearchQuery()).plain
