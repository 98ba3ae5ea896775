from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.combos.errors import BadDiscount, NoParts
from catalog.combos.pricing import MOST_PERCENT, Discount, Line, Part, Price, lines, price, split

PRICES = st.integers(1_000, 100_000_000)
PARTS = st.lists(st.tuples(st.integers(1, 12), PRICES), min_size=1, max_size=8).map(
    lambda rows: [Part(f"P{n}-1", quantity, price) for n, (quantity, price) in enumerate(rows)]
)


def test_ten_percent_off_three_parts_and_a_box_of_bamboo() -> None:
    parts = [Part("TRA0001-1", 2, 85_000), Part("MAT0002-1", 1, 240_000), Part("CAF0003-2", 1, 129_999)]

    found = price(parts, Discount(percent=10), packaging=45_000)

    assert found == Price(alone=539_999, goods=485_999, packaging=45_000)
    assert (found.total, found.saving) == (530_999, 9_000)
    assert lines(parts, found.goods) == [
        Line("TRA0001-1", 2, 76_500), Line("MAT0002-1", 1, 216_000), Line("CAF0003-2", 1, 116_999)
    ]  # fmt: skip


def test_pieces_that_cannot_all_cost_the_same_stand_on_two_lines_in_every_box() -> None:
    parts = [Part("A-1", 3, 50_000), Part("B-1", 1, 50_000)]

    assert lines(parts, 133_333) == [Line("A-1", 1, 33_334), Line("A-1", 2, 33_333), Line("B-1", 1, 33_333)]
    assert lines(parts, 133_333, boxes=4) == [Line("A-1", 4, 33_334), Line("A-1", 8, 33_333), Line("B-1", 4, 33_333)]


def test_a_fixed_price_above_the_parts_alone_is_refused() -> None:
    parts = [Part("A-1", 2, 50_000)]

    assert price(parts, Discount(fixed=99_999), 0).saving == 1
    for fixed in (100_000, 120_000, 0, -1):
        with pytest.raises(BadDiscount, match="100000"):
            price(parts, Discount(fixed=fixed), 0)
    for percent in (-1, MOST_PERCENT + 1):
        with pytest.raises(BadDiscount):
            price(parts, Discount(percent=percent), 0)
    with pytest.raises(NoParts):
        price([], Discount(percent=5), 0)


def test_packaging_that_costs_more_than_is_taken_off_saves_nothing() -> None:
    assert price([Part("A-1", 1, 100_000)], Discount(percent=10), packaging=30_000).saving == 0


@given(PARTS, st.integers(0, MOST_PERCENT), st.integers(1, 50))
def test_lines_add_up_whatever_the_parts(parts: list[Part], percent: int, boxes: int) -> None:
    found = price(parts, Discount(percent=percent), 0)
    made = lines(parts, found.goods, boxes)

    assert sum(line.total for line in made) == found.goods * boxes
    pieces = Counter[str]()
    for line in made:
        pieces[line.reference] += line.quantity
    assert pieces == {part.reference: part.quantity * boxes for part in parts}
    alone = {part.reference: part.price for part in parts}
    assert all(0 <= line.price <= alone[line.reference] for line in made)  # nothing is dearer in the box than alone
    for part in parts:  # within a đồng a piece of the exact share
        exact = Fraction(part.price * found.goods, found.alone)
        assert all(abs(line.price - exact) <= 1 for line in made if line.reference == part.reference)


@given(PARTS, st.integers(0, MOST_PERCENT), st.integers(1, 6), st.randoms())
def test_refunds_piece_by_piece_in_any_order_give_back_what_was_paid(
    parts: list[Part], percent: int, boxes: int, chance: object
) -> None:
    found = price(parts, Discount(percent=percent), 0)
    pieces = [line.price for line in lines(parts, found.goods, boxes) for _ in range(line.quantity)]
    chance.shuffle(pieces)  # type: ignore[attr-defined]
    paid = found.goods * boxes

    for piece in pieces:
        paid -= piece
        assert paid >= 0

    assert paid == 0


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=20), st.data())
def test_split_is_whole_near_and_never_above_its_weight(weights: list[int], data: st.DataObject) -> None:
    total = data.draw(st.integers(0, sum(weights)))
    shares = split(total, weights)

    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert 0 <= share <= weight
        assert abs(share - Fraction(total * weight, sum(weights))) < 1
    assert split(total, weights) == shares
