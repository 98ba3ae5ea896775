"""What is proposed for a budget: never above it, never more than there is, nearly as full as can be, and fair."""

from itertools import product as every
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from catalog.combos.building import COPIES, FEWEST, Candidate, Character, Proposal, instead_of, least, propose


def candidate(number: int, price: int = 100_000, **facts: Any) -> Candidate:
    """Ten of a product of its own, its producer's only one."""
    facts = {"product": number, "producer": number, "group": number % 4, "star": 3 + number % 3, "free": 10, **facts}
    return Candidate(reference=f"P{number}-1", price=price, **facts)


prices = st.integers(5, 900).map(lambda thousands: thousands * 1000)
shelves = st.lists(st.tuples(prices, st.integers(0, 3), st.integers(0, 3), st.integers(3, 5)), max_size=7).map(
    lambda rows: [
        candidate(number, price, free=free, producer=producer, star=star)
        for number, (price, free, producer, star) in enumerate(rows)
    ]
)


def best_fill(shelf: list[Candidate], budget: int, most: int) -> int:
    """The fullest box there is, by trying all."""
    fullest = 0
    for numbers in every(*(range(min(one.free, COPIES) + 1) for one in shelf)):
        total = sum(number * one.price for number, one in zip(numbers, shelf, strict=True))
        if FEWEST <= sum(numbers) <= most and total <= budget:
            fullest = max(fullest, total)
    return fullest


@given(shelves, st.integers(20, 2500).map(lambda thousands: thousands * 1000), st.integers(2, 8), st.text(max_size=3))
def test_a_proposal_holds_to_the_budget_the_stock_and_the_box_and_is_nearly_full(
    shelf: list[Candidate], budget: int, most: int, seed: str
) -> None:
    known = {one.reference: one for one in shelf}
    best = best_fill(shelf, budget, most)
    made = propose(shelf, budget, most, seed)
    assert bool(made) == bool(best)
    for one in made:
        assert one.total == sum(known[name].price * number for name, number in one.pieces.items())
        assert FEWEST <= sum(one.pieces.values()) <= most
        assert all(number <= min(COPIES, known[name].free) for name, number in one.pieces.items())
        # each piece is counted up to a four-thousandth of the budget too dear
        assert best * 0.97 - budget * 8 / 4000 <= one.total <= budget


@given(shelves, st.integers(20, 2500).map(lambda thousands: thousands * 1000))
def test_the_same_question_has_the_same_answer_whatever_the_order_of_the_shelf(
    shelf: list[Candidate], budget: int
) -> None:
    assert propose(shelf, budget, 8, "hôm nay") == propose(shelf[::-1], budget, 8, "hôm nay")


@given(shelves)
def test_least_is_what_the_cheapest_proposal_needs(shelf: list[Candidate]) -> None:
    price = least(shelf)
    if price is None:
        assert propose(shelf, 10_000_000, 8, "") == []
    else:
        assert propose(shelf, price, 8, "")
        assert not propose(shelf, price - 1, 8, "")


def many() -> list[Candidate]:
    """Two hundred offers of eighty producers in four groups, 30,000 to 329,000 đ."""
    return [candidate(n, 30_000 + n * 7919 % 300 * 1000, producer=n % 80) for n in range(200)]


def of(made: list[Proposal], character: Character) -> dict[str, int]:
    """The pieces of that proposal."""
    return next(one.pieces for one in made if one.character is character)


def test_proposals_have_the_character_that_they_are_called_by() -> None:
    shelf = {one.reference: one for one in many()}
    made = propose(shelf.values(), 775_000, 12, "28/11")
    assert {one.character for one in made} == set(Character)
    assert sum(of(made, Character.FEW).values()) < sum(of(made, Character.MANY).values())
    stars = [shelf[name].star for name in of(made, Character.STARS)]
    assert sum(stars) / len(stars) > 4.5
    varied = [shelf[name] for name in of(made, Character.VARIED)]
    assert len({one.producer for one in varied}) == len(varied) >= 3
    assert len({one.group for one in varied}) >= 3


def test_everybody_has_a_turn_as_the_days_go_by() -> None:
    shelf = many()
    seen = {name for day in range(120) for one in propose(shelf, 775_000, 12, str(day)) for name in one.pieces}
    assert len(seen) > 0.9 * len(shelf)


def test_other_goods_take_a_places_turn_until_all_were_there() -> None:
    shelf = many()
    pieces = propose(shelf, 775_000, 12, "28/11")[0].pieces
    first, met = next(iter(pieces)), []
    box = instead_of(pieces, first, shelf, 775_000, "28/11")
    while box and box != pieces:
        assert sum(one.price * box.get(one.reference, 0) for one in shelf) <= 775_000
        assert list(box)[1:] == list(pieces)[1:]
        met.append(next(iter(box)))
        box = instead_of(box, met[-1], shelf, 775_000, "28/11")
    assert box == pieces
    assert len(met) == len(set(met)) > 20


def test_nothing_else_or_nothing_known_is_no_swap() -> None:
    shelf = [candidate(1), candidate(2), candidate(3, 900_000)]
    pieces = {"P1-1": 1, "P2-1": 1}
    assert instead_of(pieces, "P1-1", shelf, 300_000, "") is None
    assert instead_of(pieces, "P9-1", shelf, 3_000_000, "") is None
    assert instead_of({**pieces, "P9-1": 1}, "P1-1", shelf, 3_000_000, "") is None
