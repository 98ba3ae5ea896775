"""Boxes that fit a budget: what to put into a box of the buyer's own. Pure; whole đồng.

Filling a box is a knapsack of at most so many pieces. Which sums can be reached with how many pieces is kept as bits of
whole numbers, one number for each count: exact up to `UNITS` steps of the budget, and above that rounded up, so that
no proposal is ever dearer than the budget. Among the boxes that fill it nearly as well as any, the pieces come in an
order that changes by the day and by what is looked for, so that no producer stands in front for good.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain, zip_longest
from math import ceil, gcd
from typing import Final

UNITS: Final = 4000  # steps of a budget; each piece is counted at most one step too dear
POOL: Final = 60  # candidates that one proposal chooses among
FEWEST: Final = 2  # pieces; one alone is no box
FEW: Final = 3  # pieces of an even box of few
COPIES: Final = 2  # of one offer in one box
GOOD: Final = 0.97  # of the best filling there is: what character may cost


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that may go into the box. `price` đồng a piece, `free` pieces, `group` what kind of goods it is."""

    reference: str
    product: Hashable
    producer: Hashable
    group: Hashable
    price: int
    star: int
    free: int


class Character(Enum):
    """What a proposal is good at."""

    VARIED = "varied"  # most producers and kinds of goods
    STARS = "stars"  # highest stars first
    MANY = "many"  # many small things
    FEW = "few"  # few precious ones


@dataclass(frozen=True, slots=True)
class Proposal:
    """A box: {offer reference: pieces}, in order. `total`: đồng, without packaging."""

    character: Character
    pieces: dict[str, int]
    total: int


def propose(
    candidates: Iterable[Candidate],
    budget: int,
    most: int,
    seed: str,
    characters: Sequence[Character] = tuple(Character),
) -> list[Proposal]:
    """Different boxes of 2 to `most` pieces, together at most `budget` đồng; the same for the same `seed`.

    Each fills at least 97 % of what the best filling from its pool would. Empty where two pieces are dearer than the
    budget.
    """
    can = [one for one in candidates if 0 < one.price <= budget and one.free > 0]
    made: list[Proposal] = []
    for character in characters:
        pool = _pool(can, budget, most, character, seed, made)
        chosen = _fill(pool, budget, most, character) if pool else []
        pieces = _counted(chosen)
        if chosen and pieces not in [one.pieces for one in made]:
            made.append(Proposal(character, pieces, sum(one.price for one in chosen)))
    return made


def least(candidates: Iterable[Candidate]) -> int | None:
    """What the two cheapest pieces cost together, in đồng; None where there are not two."""
    prices = sorted(price for one in candidates for price in [one.price] * min(one.free, COPIES))
    return sum(prices[:FEWEST]) if len(prices) >= FEWEST else None


def instead_of(
    pieces: dict[str, int], reference: str, candidates: Iterable[Candidate], budget: int, seed: str
) -> dict[str, int] | None:
    """The box with other goods in the place of `reference`, those of its kind first; never above the budget.

    Asked again and again it goes through all that fit, and comes back. None where nothing else fits.
    """
    known = {one.reference: one for one in candidates}
    if reference not in pieces or not pieces.keys() <= known.keys():
        return None
    count, others = pieces[reference], {name: number for name, number in pieces.items() if name != reference}
    left = budget - sum(known[name].price * number for name, number in others.items())
    products = {known[name].product for name in others}
    fitting = [
        one
        for one in known.values()
        if one.reference == reference
        or (one.product not in products and one.price * count <= left and one.free >= count)
    ]
    ring = sorted(fitting, key=lambda one: (_digest(seed, one.group), _digest(seed, one.reference)))
    new = ring[(ring.index(known[reference]) + 1) % len(ring)].reference
    return {new if name == reference else name: number for name, number in pieces.items()} if new != reference else None


def _pool(
    can: Sequence[Candidate], budget: int, most: int, character: Character, seed: str, made: Sequence[Proposal]
) -> list[Candidate]:
    """Up to `POOL` pieces by preference: producers take turns, then kinds of goods; what was proposed comes last."""
    used = {name for one in made for name in one.pieces}
    drawn = sorted(
        can, key=lambda one: (one.reference in used, _rank(one, character, budget, most), _digest(seed, one.reference))
    )
    once: dict[Hashable, Candidate] = {}
    for one in drawn:
        once.setdefault(one.product, one)
    first = _in_turn(_in_turn(once.values(), lambda one: one.producer), lambda one: one.group)[:POOL]
    if character is Character.STARS:
        first.sort(key=lambda one: -one.star)
    again = [one for one in first if one.free >= COPIES]
    return [*first, *again][: max(POOL, len(first))]


def _rank(one: Candidate, character: Character, budget: int, most: int) -> int:
    """The lower the sooner: stars, or how far its price is from that of an even box of many or of few pieces."""
    if character is Character.STARS:
        return -one.star
    pieces = {Character.MANY: most, Character.FEW: min(FEW, most)}.get(character)
    return abs(one.price * pieces - budget) * 10 // budget if pieces else 0


def _in_turn(some: Iterable[Candidate], key: Callable[[Candidate], Hashable]) -> list[Candidate]:
    """The first of each, then the second of each, and so on."""
    rows: defaultdict[Hashable, list[Candidate]] = defaultdict(list)
    for one in some:
        rows[key(one)].append(one)
    return [one for one in chain.from_iterable(zip_longest(*rows.values())) if one is not None]


def _fill(pool: Sequence[Candidate], budget: int, most: int, character: Character) -> list[Candidate]:
    """The first pieces of the pool, as far as they fill the budget well."""
    unit = max(gcd(budget, *(one.price for one in pool)), -(-budget // UNITS))
    costs, room = [-(-one.price // unit) for one in pool], budget // unit
    reached = _reached(costs, room, min(most, len(pool)))
    best = {count: bits.bit_length() - 1 for count, bits in enumerate(reached[0]) if count >= FEWEST and bits}
    if not best:
        return []
    lowest = ceil(GOOD * max(best.values()))
    count = _preferred([count for count, filled in best.items() if filled >= lowest], character)
    chosen: list[Candidate] = []
    for one, cost, rest in zip(pool, costs, reached[1:], strict=True):
        if count and _any_within(rest[count - 1], lowest - cost, room - cost):
            chosen.append(one)
            count, lowest, room = count - 1, lowest - cost, room - cost
    return chosen


def _preferred(counts: Sequence[int], character: Character) -> int:
    """How many pieces, of the numbers of pieces that fill the box well; ascending."""
    return counts[{Character.FEW: 0, Character.MANY: -1}.get(character, len(counts) // 2)]


def _reached(costs: Sequence[int], room: int, most: int) -> list[list[int]]:
    """From each place of the pool on: for each count, the sums (as bits) that so many of the pieces make."""
    within = (1 << (room + 1)) - 1
    rows = [[1] + [0] * most]
    for cost in reversed(costs):
        last = rows[-1]
        rows.append([1] + [last[count] | (last[count - 1] << cost) & within for count in range(1, most + 1)])
    return rows[::-1]


def _any_within(sums: int, lowest: int, highest: int) -> bool:
    if highest < 0:
        return False
    lowest = max(0, lowest)
    return bool(sums >> lowest & (1 << (highest - lowest + 1)) - 1)


def _counted(chosen: Sequence[Candidate]) -> dict[str, int]:
    pieces: dict[str, int] = {}
    for one in chosen:
        pieces[one.reference] = pieces.get(one.reference, 0) + 1
    return pieces


def _digest(seed: str, what: Hashable) -> bytes:
    return hashlib.blake2b(f"{seed} {what}".encode(), digest_size=8).digest()
