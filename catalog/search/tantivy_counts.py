"""Facets counted by tantivy: each value's hits under all filters but the facet's own.

Facets whose values stand in one number (`CELLS`) are counted in one pass without any of their filters, which are then
applied to the numbers found, a few hundred at most: two passes for everything. A filter that is no choice of such
values (a price that cuts a band, an old province) is a condition of both, and its facet takes a pass of its own.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import tantivy

from catalog.search import codes
from catalog.search.conditions import Condition
from catalog.search.engine import FACETS, Filters
from catalog.search.tantivy_query import everything
from catalog.search.tantivy_schema import CELLS, apart

Counts = dict[int, int]  # by value
_MOST_VALUES: Final = 8192  # more than any field has
_OWNERS: Final = dict(FACETS.values())  # field → the filter of its own


@dataclass(frozen=True, slots=True)
class Counted:
    """Hits in all, and per facet those of each value.

    `trade`, where it was counted: by star, group, price band and stock, how many hits have just these.
    """

    total: int
    facets: dict[str, Counts]
    trade: dict[tuple[int, ...], int]


def count(
    searcher: tantivy.Searcher, always: list[Condition], active: Mapping[str, Condition], asked: Filters, *, many: bool
) -> Counted:
    """Counts under `always` and under `active`, the conditions of `asked` by the filter's name.

    Cells are read where a filter of theirs is asked for, `trade` also where `many` hits are to be expected: for few
    hits, a field more costs less than the cells.
    """
    choices = _choices(asked)
    passes: dict[frozenset[str], list[str]] = defaultdict(list)  # filters left out → fields counted
    for cell, parts in CELLS.items():
        chosen = frozenset(own for one in parts if (own := _OWNERS[one]) in choices and own in active)
        in_one = chosen or (many and cell == "trade")
        passes[chosen] += [cell] if in_one else [one for one in parts if _OWNERS[one] in choices]
    for one, own in _OWNERS.items():
        if own not in choices:
            passes[frozenset([own])].append(one)
    found: dict[str, Counts] = {}
    for ignored, counting in passes.items():
        kept = [condition for name, condition in active.items() if name not in ignored]
        found |= _aggregated(searcher, [*always, *kept], counting)
    trade: dict[tuple[int, ...], int] = {}
    for cell in found.keys() & CELLS.keys():
        counts, through = _taken_apart(cell, [choices.get(_OWNERS[one]) for one in CELLS[cell]], found[cell])
        found = dict(zip(CELLS[cell], counts, strict=True)) | found  # what took a pass of its own stays
        trade = through if cell == "trade" else trade
    total = sum((trade if "trade" in found else found["in_stock"]).values())
    return Counted(total, {facet: found[one] for facet, (one, _) in FACETS.items()}, trade)


def alike(searcher: tantivy.Searcher, conditions: list[Condition]) -> Counted:
    """No facets: only how many hits there are, and what they have in common."""
    found = _aggregated(searcher, conditions, ["trade"])["trade"]
    return Counted(sum(found.values()), {}, {apart("trade", number): hits for number, hits in found.items()})


def _choices(asked: Filters) -> dict[str, frozenset[int] | None]:
    """By filter, the values of its field that it lets through, None: all; without filters that are no such choice."""
    choices = {
        "star": frozenset(asked.stars) or None,
        "branch": frozenset(asked.branches) or None,
        "in_stock": frozenset([1]) if asked.in_stock else None,
        "region": frozenset(asked.regions) or None,
        "producer_kind": frozenset(asked.producer_kinds) or None,
    }
    if not asked.old_provinces:
        choices["place"] = frozenset(asked.provinces) or None
    if asked.price_min is None and asked.price_max is None:
        return choices | {"price": None}
    bands = codes.bands(asked.price_min or 0, asked.price_max)
    return choices if bands is None else choices | {"price": frozenset(bands)}


def _taken_apart(
    cell: str, lets: list[frozenset[int] | None], found: Mapping[int, int]
) -> tuple[list[Counts], dict[tuple[int, ...], int]]:
    """Each field's hits by value under the filters of the others, and the hits under all by the values of all fields.

    A cell that one filter shuts out counts for that filter's field alone. `lets`: what each lets through, None for all.
    """
    flags = _flags(cell)
    shutting = 0
    for of, let in zip(flags, lets, strict=True):
        if let is not None:
            shutting |= sum(flag for value, flag in enumerate(of) if value not in let)
    counted: dict[int, int] = defaultdict(int)
    through = {}
    for number, hits in found.items():
        values, own, together = _flagged(cell, number)
        shut = together & shutting
        if not shut:
            through[values] = hits
            for flag in own:
                counted[flag] += hits
        elif not shut & (shut - 1):  # a single flag
            counted[shut] += hits
    return [{value: counted[flag] for value, flag in enumerate(of) if flag in counted} for of in flags], through


@lru_cache
def _flags(cell: str) -> list[list[int]]:
    """By field and value, a bit of its own."""
    bits = iter(range(sum(1 << width for width in CELLS[cell].values())))
    return [[1 << next(bits) for _ in range(1 << width)] for width in CELLS[cell].values()]


@lru_cache(maxsize=4096)
def _flagged(cell: str, number: int) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """A cell's values, their flags, and these together."""
    values = apart(cell, number)
    own = tuple(of[value] for of, value in zip(_flags(cell), values, strict=True))
    return values, own, sum(own)


def _aggregated(
    searcher: tantivy.Searcher, conditions: list[Condition], fields: list[str]
) -> dict[str, dict[int, int]]:
    asked = {one: {"terms": {"field": one, "size": _MOST_VALUES}} for one in fields}
    told: dict[str, Any] = searcher.aggregate(everything(conditions), asked)
    return {one: {int(bucket["key"]): int(bucket["doc_count"]) for bucket in told[one]["buckets"]} for one in fields}
