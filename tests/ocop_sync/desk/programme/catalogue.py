"""A catalogue of everything that may happen to a product, drawn from a seed."""

import random
from datetime import date, timedelta

from catalog.certificates.models import Recognition, Source, SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.certificates.terms import add_months
from catalog.producers.models import Producer, ProducerKind
from catalog.products.codes import new_code
from catalog.products.models import Product
from catalog.products.sets import PRODUCT_SETS
from catalog.regions import communes, old_provinces
from ocop_sync.desk.reasons import REASONS
from tests.factories import make_producer

TODAY = date(2026, 11, 24)
FATES = ("listed",) * 12 + ("last_day", "ended", "future", "revoked", "suspended", "policy", "withdrawn", "extended")


def make_catalogue(seed: int, products: int = 60, held: int = 25) -> None:
    """Products of all fates in few provinces, and held records; the same for the same seed."""
    dice = random.Random(seed)
    old = dice.sample(old_provinces(), 8)
    makers = [_producer(dice, n, dice.choice(old).province_code) for n in range(products // 3)]
    source, sample = Source.objects.create(name="so-a"), Source.objects.create(name="sample-b", is_sample=True)
    made = [_product(dice, n, old, makers, sample if dice.random() < 0.2 else source) for n in range(products)]
    refresh_gate(made)
    for n in range(held):
        _held(dice, n, source, old)


def _producer(dice: random.Random, number: int, province: str) -> Producer:
    return make_producer(f"Chủ thể {number}", province, kind=dice.choice(ProducerKind.values))


def _product(dice: random.Random, number: int, old: list, makers: list[Producer], source: Source) -> int:
    place, chosen, fate = dice.choice(old), dice.choice([*PRODUCT_SETS, None]), dice.choice(FATES)
    product = Product.objects.create(
        code=new_code(),
        name=f"Sản phẩm {number}",
        name_key=f"san pham {number}",
        slug=f"san-pham-{number}",
        producer=dice.choice(makers),
        province_code=place.province_code,
        region=place.region,
        branch=chosen.branch if chosen else dice.choice([None, 1]),
        set_no=chosen.number if chosen else None,
        suspended_reason="Phản ánh" if fate == "policy" else "",
        is_sample=source.is_sample,
    )
    _recognise(dice, product, fate, source, _issued(dice, fate))
    return product.pk


def _issued(dice: random.Random, fate: str) -> date:
    if fate == "last_day":
        return add_months(TODAY, -36)
    if fate in ("ended", "extended"):
        return add_months(TODAY, -36) - timedelta(days=dice.randrange(1, 90))
    return TODAY + timedelta(days=10) if fate == "future" else TODAY - timedelta(days=dice.randrange(0, 1090))


def _recognise(dice: random.Random, product: Product, fate: str, source: Source, issued_on: date) -> None:
    star = dice.choice([3, 3, 4, 5])
    status = {"revoked": Status.REVOKED, "suspended": Status.SUSPENDED, "extended": Status.EXTENDED}.get(fate, "valid")
    by = "Bộ Nông nghiệp và Môi trường" if star == 5 else "UBND tỉnh Lâm Đồng"
    recognition = Recognition.objects.create(
        product=product,
        authority=by,
        authority_key=by,
        decision_number=f"{product.pk}/QĐ",
        decision_key=f"{product.pk}/QD",
        issued_on=issued_on,
        star=star,
    )
    SourceRecord.objects.create(
        source=source,
        key=product.code,
        hash="",
        outcome="listed",
        status=status,
        evidence="A",
        star=star,
        present=fate != "withdrawn",
        product=product,
        recognition=recognition,
        filed_on=issued_on if fate == "extended" else None,
    )


def _held(dice: random.Random, number: int, source: Source, old: list) -> None:
    place = dice.choice([*old, None])
    inside = (
        [one.code for one in communes(place.province_code) if place.code in one.old_province_codes] if place else []
    )
    SourceRecord.objects.create(
        source=source,
        key=f"held-{number}",
        hash="",
        outcome="held",
        present=dice.random() < 0.8,
        reasons=dice.sample(sorted(REASONS), dice.choice([1, 1, 2, 3])),
        province_code=place.province_code if place else "",
        commune_code=dice.choice(inside) if inside and dice.random() < 0.5 else "",
        star=dice.choice([None, 3, 4, 5]),
    )
