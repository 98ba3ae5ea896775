from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.combos.availability import MOST_BOXES, boxes_possible, wanted

OFFERS = st.sampled_from(["A-1", "B-1", "C-1", "D-2"])
STOCK = st.dictionaries(OFFERS, st.integers(-3, 40))
BOX = st.dictionaries(OFFERS, st.integers(1, 5), min_size=1)
LOOSE = st.dictionaries(OFFERS, st.integers(1, 10))


@pytest.mark.parametrize(
    ("free", "packaging", "boxes"),
    [
        ({"A-1": 7, "B-1": 9}, 99, 3),  # two of A in a box
        ({"A-1": 7, "B-1": 2}, 99, 2),
        ({"A-1": 7, "B-1": 9}, 1, 1),
        ({"A-1": 7}, 99, 0),  # B is gone
        ({"A-1": -2, "B-1": 9}, 99, 0),  # sold over the counter before it was counted
        ({"A-1": 9000, "B-1": 9000}, 9000, MOST_BOXES),
    ],
)
def test_the_scarcest_part_decides(free: dict[str, int], packaging: int, boxes: int) -> None:
    assert boxes_possible({"A-1": 2, "B-1": 1}, free, packaging) == boxes


def test_a_box_of_nothing_is_no_box() -> None:
    assert boxes_possible({}, {"A-1": 5}, 9) == 0


def test_what_a_basket_wants_is_counted_once() -> None:
    assert wanted({"A-1": 1}, [({"A-1": 2, "B-1": 1}, 3), ({"A-1": 1}, 2)]) == {"A-1": 9, "B-1": 3}


def less(free: dict[str, int], pieces: Counter[str]) -> dict[str, int]:
    """What is free when these are gone."""
    return {one: n - pieces[one] for one, n in free.items()}


@given(STOCK, LOOSE, st.lists(st.tuples(BOX, st.integers(1, 4)), max_size=3), BOX, st.integers(0, 9))
def test_any_mix_of_boxes_and_loose_pieces_never_promises_a_piece_twice(
    free: dict[str, int], loose: dict[str, int], boxes: list[tuple[dict[str, int], int]], box: dict[str, int], left: int
) -> None:
    possible = boxes_possible(box, less(free, wanted(loose, boxes)), left)

    def too_many(number: int) -> bool:
        whole = wanted(loose, [*boxes, (box, number)])
        return any(whole[one] > max(0, free.get(one, 0)) for one in box)

    assert 0 <= possible <= min(left, MOST_BOXES)
    assert not possible or not too_many(possible)
    assert possible == min(left, MOST_BOXES) or too_many(possible + 1)


@given(STOCK, st.lists(st.tuples(BOX, st.integers(1, 9)), max_size=8))
def test_buyers_one_after_another_never_sell_more_than_there_is(
    free: dict[str, int], asked: list[tuple[dict[str, int], int]]
) -> None:
    sold = Counter[str]()
    for box, number in asked:
        sold = wanted(sold, [(box, min(number, boxes_possible(box, less(free, sold), MOST_BOXES)))])

    assert all(pieces <= max(0, free.get(one, 0)) for one, pieces in sold.items())
