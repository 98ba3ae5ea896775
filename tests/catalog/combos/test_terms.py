"""What each producer is shown is the least it gets, whatever is chosen and whatever stands in."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.combos.models import Kind
from catalog.combos.pricing import MOST_PERCENT, Discount, Part, lines, lowest, price
from catalog.combos.terms import Terms, TermsPart, faults, shares, terms_of
from catalog.offers.models import Offer
from catalog.products.models import Restriction
from tests.factories import make_combo, make_offer, make_packaging, make_product

PRICES = st.integers(1_000, 5_000_000)


class Slot(NamedTuple):
    """Pieces at a price, and perhaps another price for what stands in."""

    quantity: int
    price: int
    other: int | None


SLOTS = st.lists(st.builds(Slot, st.integers(1, 12), PRICES, st.none() | PRICES), min_size=1, max_size=6)


@given(SLOTS, st.integers(0, MOST_PERCENT), st.data())
def test_of_a_percentage_nobody_gets_less_than_the_lowest_whatever_else_is_chosen(
    slots: list[Slot], percent: int, data: st.DataObject
) -> None:
    """A choice of any pieces of any options, each with or without its substitute in place."""
    counts = data.draw(st.tuples(*(st.integers(0, slot.quantity) for slot in slots)).filter(any))
    stand_ins = data.draw(st.tuples(*(st.booleans() for _ in slots)))
    parts = [
        Part(f"P{n}-1", count, slot.other if slot.other and instead else slot.price)
        for n, (slot, count, instead) in enumerate(zip(slots, counts, stand_ins, strict=True))
        if count
    ]
    discount = Discount(percent)

    made = lines(parts, price(parts, discount, 0).goods)

    prices = {part.reference: part.price for part in parts}
    assert all(line.price >= lowest(prices[line.reference], discount, 0) for line in made)
    assert all(line.price <= prices[line.reference] for line in made)


@given(SLOTS, st.integers(51, 99), st.data())
def test_of_a_fixed_price_nobody_gets_less_than_the_lowest_whatever_stands_in(
    slots: list[Slot], percent: int, data: st.DataObject
) -> None:
    fixed = sum(slot.quantity * slot.price for slot in slots) * percent // 100
    most = sum(slot.quantity * max(slot.price, slot.other or 0) for slot in slots)
    stand_ins = data.draw(st.tuples(*(st.booleans() for _ in slots)))
    prices = [slot.other if slot.other and instead else slot.price for slot, instead in zip(slots, stand_ins)]  # noqa: B905
    parts = [Part(f"P{n}-1", slots[n].quantity, each) for n, each in enumerate(prices)]

    made = lines(parts, fixed)

    for n, slot in enumerate(slots):
        alone = most - slot.quantity * max(slot.price, slot.other or 0) + slot.quantity * prices[n]
        least = lowest(prices[n], Discount(fixed=fixed), alone)
        assert all(line.price >= least for line in made if line.reference == f"P{n}-1")


def test_the_lowest_of_round_prices_is_a_dong_below_the_percentage_and_of_no_discount_the_price() -> None:
    assert lowest(120_000, Discount(10), 0) == 107_999
    assert lowest(120_000, Discount(), 0) == 120_000
    assert lowest(120_000, Discount(fixed=300_000), 330_000) == 109_090


@pytest.mark.django_db
def test_each_sees_what_a_piece_gets_today_and_at_least() -> None:
    coffee, tea = make_offer(make_product("Cà phê")), make_offer(make_product("Trà"), price=90_000)
    honey = make_offer(make_product("Mật ong"), price=150_000)
    combo = make_combo((coffee, 2, honey), (tea, 1), fixed_price=297_000)

    told = {share.offer: share for share in shares(terms_of(combo))}

    assert told[coffee].today == (108_000, 108_000)
    assert (told[coffee].lowest, told[coffee].quantity) == (108_000, 2)
    assert told[tea].today == (81_000, 81_000)
    assert told[tea].lowest == 297_000 * 90_000 // 390_000  # while the honey stands in
    assert told[honey].replaces == (coffee,)
    assert told[honey].today == (114_231, 114_231)


def terms(*parts: tuple[Offer, int], **facts: object) -> Terms:
    """A fixed combo without discount in a box of twelve pieces, unless told otherwise."""
    facts = {"kind": Kind.FIXED, "choose": None, "discount": Discount(), **facts}
    facts.setdefault("packaging", make_packaging())
    return Terms(parts=tuple(TermsPart(*part) for part in parts), **facts)  # type: ignore[arg-type]


def codes(found: Terms) -> list[str]:
    """The codes of its faults."""
    return [fault.code for fault in faults(found)]


@pytest.mark.django_db
def test_what_can_be_proposed_and_what_cannot() -> None:
    coffee, tea = make_offer(make_product("Cà phê")), make_offer(make_product("Trà"), price=90_000)

    assert codes(terms((coffee, 2), (tea, 1), discount=Discount(50))) == []
    assert codes(terms()) == ["combo_without_parts"]
    assert codes(terms((coffee, 12), (tea, 1))) == ["combo_too_many_pieces"]
    assert codes(terms((coffee, 1), packaging=None)) == ["combo_without_packaging"]
    assert codes(terms((coffee, 1), packaging=make_packaging(is_active=False))) == ["combo_without_packaging"]
    assert codes(terms((coffee, 2), discount=Discount(51))) == ["combo_discount"]
    for fixed in (240_000, 119_999, 0):
        assert codes(terms((coffee, 2), discount=Discount(fixed=fixed))) == ["combo_discount"]
    assert codes(terms((coffee, 2), discount=Discount(fixed=120_000))) == []
    assert codes(terms((coffee, 2), (tea, 2), kind=Kind.CHOOSE, choose=3)) == []
    assert codes(terms((coffee, 2), (tea, 2), kind=Kind.CHOOSE, choose=4)) == ["combo_few_options"]
    assert codes(terms((coffee, 5), kind=Kind.CHOOSE, choose=3)) == ["combo_few_options"]
    assert codes(terms((coffee, 9), (tea, 9), kind=Kind.CHOOSE, choose=13)) == ["combo_too_many_pieces"]
    many = [(make_offer(make_product()), 1) for _ in range(21)]
    assert codes(terms(*many, packaging=make_packaging(most_pieces=30))) == ["combo_too_many_parts"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("restriction", "code"),
    [(Restriction.ALCOHOL, "combo_part_adult"), (Restriction.SERVICE, "combo_part_service"),
     (Restriction.LIVE, "combo_part_live"), (Restriction.HEALTH, "combo_health_discount")],
)  # fmt: skip
def test_what_is_in_no_box_or_in_no_discounted_one(restriction: Restriction, code: str) -> None:
    offer = make_offer(make_product("Viên nghệ", restriction=restriction))
    tea = make_offer(make_product("Trà"), price=90_000)
    assert codes(terms((offer, 1), (tea, 1), discount=Discount(10))) == [code]
    assert codes(Terms(Kind.FIXED, None, Discount(10), make_packaging(), (TermsPart(tea, 1, offer),))) == [code]
    assert codes(terms((offer, 1), (tea, 1))) == ([] if restriction == Restriction.HEALTH else [code])
