"""What lists show is what every combo says when it is asked alone: the same combos, in the same order, the same boxes.

Worlds are drawn at random with everything that keeps a combo from being had.
"""

import random
from collections import Counter
from dataclasses import fields
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.combos import lists
from catalog.combos.lists import Listed, Start
from catalog.combos.models import Combo, ComboAgreement, ComboPart, Packaging, PackagingStock
from catalog.combos.offering import Box, cheapest_box, combos, on_offer
from catalog.combos.reading import passing, read_parts
from catalog.offers.models import Offer, OfferStock
from catalog.products.models import Product, Restriction
from catalog.salepoints.models import SalePoint
from tests.factories import make_combo, make_offer, make_packaging, make_producer, make_product, make_sale_point

pytestmark = pytest.mark.django_db
OCCASIONS, PLACES = ("", "tet", "cuoi-hoi"), ("68", "66", "01")


class World:
    """Thirty offers of twelve producers, three boxes of two points, sixty combos; then much of it goes wrong."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        points = [make_sale_point(), make_sale_point()]
        self.boxes = [make_packaging(point, stock=self.dice.randrange(1, 9)) for point in (*points, points[0])]
        makers = [make_producer(province_code=self.dice.choice(PLACES)) for _ in range(6)]
        self.offers = []
        for _ in range(30):
            product = make_product(producer=self.dice.choice(makers))
            offer = make_offer(product, price=self.dice.randrange(20, 300) * 1000)
            if self.dice.random() < 0.5:
                shelf = self.dice.choice(points).warehouse
                OfferStock.objects.create(offer=offer, warehouse=shelf, quantity=self.dice.randrange(6))
            self.offers.append(offer)
        for _ in range(60):
            self.combo()

    def combo(self) -> Combo:
        """One that can be had, mostly."""
        dice, count = self.dice, self.dice.randrange(1, 6)
        chosen = dice.sample(self.offers, count + 1)
        spare, chosen = chosen[0], chosen[1:]
        choosing = count > 1 and dice.random() < 0.4
        if not choosing and dice.random() < 0.3:
            spare = dice.choice(chosen)  # what stands in may be in the box already
        parts = [
            (one, dice.randrange(1, 4), spare) if dice.random() < 0.3 and spare != one and not n
            else (one, dice.randrange(1, 4)) for n, one in enumerate(chosen)
        ]  # fmt: skip
        alone = sum(part[0].price * part[1] for part in parts)
        terms = dice.choice(
            ({}, {"percent": 10}, {"percent": 33}, {} if choosing else {"fixed_price": alone * 9 // 10})
        )
        how = {"kind": "choose", "choose": dice.randrange(1, 1 + sum(part[1] for part in parts))} if choosing else {}
        return make_combo(
            *parts, packaging=dice.choice(self.boxes), occasion=dice.choice(OCCASIONS),
            province_code=dice.choice(("", *PLACES)), lowest=dice.choice((1, 1, 1, 90_000)), **terms, **how,
        )  # fmt: skip

    def spoil(self) -> None:
        """Some of everything that can go wrong."""
        dice, offers = self.dice, self.offers
        some = [dice.sample(offers, 2) for _ in range(8)]
        for number, status in ((0, Status.REVOKED), (1, Status.SUSPENDED)):
            SourceRecord.objects.filter(product__offers__in=some[number]).update(status=status)
            refresh_gate([one.product_id for one in some[number]])
        over = clock.today() - timedelta(days=1)
        Product.objects.filter(offers__in=some[2]).update(listable_until=over)
        Offer.objects.filter(pk=some[3][0].pk).update(is_active=False)
        OfferStock.objects.filter(offer__in=some[4]).update(reserved=9)
        OfferStock.objects.filter(offer=some[5][0]).delete()
        Offer.objects.filter(pk=some[6][0].pk).update(price=dice.choice((1000, 900_000)))
        restriction = dice.choice([one for one in Restriction if one])
        Product.objects.filter(offers=some[7][0]).update(restriction=restriction)
        rows = dice.sample(list(Combo.objects.all()), 4)
        for combo, facts in zip(
            rows, ({"withdrawn_at": clock.now()}, {"terms": 2}, {"approved_terms": None}, {"percent": 5}), strict=True
        ):
            Combo.objects.filter(pk=combo.pk, fixed_price=None).update(**facts)
        ComboAgreement.objects.filter(pk=dice.choice(list(ComboAgreement.objects.all())).pk).delete()
        if dice.random() < 0.3:
            dice.choice((
                lambda: PackagingStock.objects.filter(packaging=self.boxes[0]).update(reserved=9),
                lambda: Packaging.objects.filter(pk=self.boxes[0].pk).update(is_active=False),
                lambda: SalePoint.objects.filter(pk=self.boxes[0].sale_point_id).update(is_open=False),
            ))()  # fmt: skip


def singly(**asked: object) -> list[Listed]:
    """Each combo asked alone, the newest first."""
    found = [Listed(combo, cheapest_box(combo)) for combo in on_offer().filter(**asked).order_by("-approved_at", "-pk")]
    return [one for one in found if one.box.possible]


def told(box: Box) -> dict[str, object]:
    """All that a box says, as values."""
    values = {one.name: getattr(box, one.name) for one in fields(Box) if one.name not in ("combo", "packaging")}
    return values | {"goods": box.goods, "possible": box.possible, "pieces": box.pieces}


def codes(found: list[Listed]) -> list[str]:
    return [one.combo.code for one in found]


def walked(most: int, *, price: bool = False, **asked: object) -> list[Listed]:
    """Page after page to the end."""
    found, start = [], Start()
    while True:
        ask = lists.by_price if price else lists.page
        shown = ask(start=start, most=most, **asked)  # type: ignore[arg-type]
        found += [one for _start, one in shown.rows]
        assert len(shown.rows) == most or shown.next is None
        if shown.next is None:
            return found
        start = shown.next


@pytest.mark.parametrize("seed", range(6))
def test_lists_show_what_each_combo_says_alone(seed: int) -> None:
    world = World(seed)
    before = singly()
    world.spoil()
    expected = singly()
    assert len(before) > 10
    assert len(expected) >= 1

    assert codes(walked(1000)) == codes(walked(5)) == codes(expected)
    assert [told(one.box) for one in walked(7)] == [told(one.box) for one in expected]
    assert lists.count() == len(expected)
    for dearest in (False, True):
        in_order = codes(sorted(expected, key=lambda one: one.total, reverse=dearest))
        for most in (1000, 4):
            assert codes(walked(most, price=True, dearest=dearest)) == in_order

    for occasion in OCCASIONS[1:]:
        assert codes(walked(3, occasion=occasion)) == codes(singly(occasion=occasion))
    season = {occasion for occasion, months in lists.SEASONS.items() if clock.today().month in months}
    home = sorted(expected, key=lambda one: one.combo.occasion not in season)
    assert codes(lists.for_home(4)) == codes(home)[:4]
    for place in PLACES:
        theirs = [one for one in expected if one.combo.province_code == place or _from(one.combo, place)]
        assert codes(walked(3, place=place)) == codes(theirs)
        first = sorted(theirs, key=lambda one: one.combo.province_code != place)
        assert codes(lists.of_province(place, 4)) == codes(first)[:4]


def _from(combo: Combo, place: str) -> bool:
    return ComboPart.objects.filter(combo=combo, offer__product__province_code=place).exists()


@pytest.mark.parametrize("seed", range(6, 9))
def test_a_box_read_with_many_is_the_box_read_alone_had_or_not(seed: int) -> None:
    world = World(seed)
    world.spoil()
    numbers = list(Combo.objects.order_by("pk").values_list("pk", flat=True))
    some = passing(numbers)
    read_parts(some)
    alone = {combo.pk: combo for combo in combos()}
    assert {combo.pk: told(cheapest_box(combo)) for combo in some} == {
        combo.pk: told(cheapest_box(alone[combo.pk])) for combo in some
    }
    left_out = set(numbers) - {combo.pk for combo in some}
    assert left_out
    assert not any(cheapest_box(alone[pk]).possible for pk in left_out)
    problems = Counter(bool(cheapest_box(combo).problem) for combo in some)
    assert problems[True]  # the sieve leaves something to ask


def test_however_many_of_the_first_cannot_be_had_home_finds_four() -> None:
    box, there = make_packaging(stock=99), make_offer(make_product())
    gone, cheap = make_offer(make_product()), make_offer(make_product())
    found = [make_combo((there, 1), packaging=box) for _ in range(4)][::-1]
    for offer in (gone, cheap):
        for _ in range(40):
            make_combo((offer, 1), packaging=box, lowest=100_000)
    OfferStock.objects.filter(offer=gone).delete()  # the database leaves these out
    Offer.objects.filter(pk=cheap.pk).update(price=50_000)  # these are asked
    with CaptureQueriesContext(connection) as queries:
        assert codes(lists.for_home(4)) == [one.code for one in found]
    assert len(queries) < 100


def test_far_pages_ask_no_more_than_the_first() -> None:
    box = make_packaging(stock=99)
    offers = [make_offer(make_product()) for _ in range(3)]
    for n in range(40):
        make_combo((offers[n % 3], 1), packaging=box)

    def questions(start: Start) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(lists.page(start=start, most=8).rows) == 8
        return len(queries)

    lists.page(most=8)
    assert questions(Start(30)) == questions(Start()) == 8


def test_more_offers_than_sqlite_takes_in_one_condition() -> None:
    """A list of combos with over a thousand kinds of goods between them."""
    box, maker = make_packaging(stock=99), make_producer()
    first = make_product(producer=maker)
    copies = [
        Product(code=f"{n:07d}", name=f"Trà {n}", name_key=f"tra {n}", slug="tra", producer=maker, province_code="68",
                blocked="", listable_from=first.listable_from, listable_until=first.listable_until, star=3)
        for n in range(1100)
    ]  # fmt: skip
    products = Product.objects.bulk_create(copies)
    offers = Offer.objects.bulk_create(Offer(product=one, number=1, name="Gói", price=50_000) for one in products)
    store = make_offer(first).stocks.get().warehouse
    OfferStock.objects.bulk_create(OfferStock(offer=one, warehouse=store, quantity=5) for one in offers)
    for n in range(0, 1100, 20):
        make_combo(*((one, 1) for one in offers[n : n + 20]), packaging=box)
    assert len(walked(60)) == 55
