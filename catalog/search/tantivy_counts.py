"""Facets counted by tantivy: each value's hits under all filters but the facet's own.

Facets whose values stand in one number (`TRADE`) are counted in one pass without any of their filters, which are then
applied to the numbers found, a few hundred at most. The others take a pass for each filter of their own, and so does a
price that cuts a band.
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
from catalog.search.tantivy_schema import TRADE, TRADE_BITS, apart

Counts = dict[int, int]  # by value
_MOST_VALUES: Final = 1 << sum(TRADE_BITS.values())  # more than any other field has
_TRADE_OWN: Final = [dict(FACETS.values())[one] for one in TRADE_BITS]  # each one's own filter
_BITS: Final = iter(range(sum(1 << bits for bits in TRADE_BITS.values())))
_FLAGS: Final = [[1 << next(_BITS) for _ in range(1 << bits)] for bits in TRADE_BITS.values()]  # of field and value


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

    What hits have in common is read where a filter of those is asked for, or where they are expected to be `many`: of
    few hits, some fields more cost less.
    """
    choices = _choices(asked)
    chosen = frozenset(choices).intersection(active)
    passes: dict[frozenset[str], list[str]] = defaultdict(list)  # filters left out → fields counted
    passes[chosen] += [TRADE] if chosen or many else TRADE_BITS
    for one, own in FACETS.values():
        if own not in choices:
            passes[frozenset([own]).intersection(active)].append(one)
    found: dict[str, Counts] = {}
    for ignored, counting in passes.items():
        kept = [condition for name, condition in active.items() if name not in ignored]
        found |= _aggregated(searcher, [*always, *kept], counting)
    trade: dict[tuple[int, ...], int] = {}
    if TRADE not in found:
        total = sum(found["in_stock"].values())
    else:
        counts, trade = _taken_apart(found[TRADE], [choices.get(own) for own in _TRADE_OWN])
        found = dict(zip(TRADE_BITS, counts, strict=True)) | found  # what took a pass of its own stays
        total = sum(trade.values())
    return Counted(total, {facet: found[one] for facet, (one, _) in FACETS.items()}, trade)


def alike(searcher: tantivy.Searcher, conditions: list[Condition]) -> Counted:
    """No facets: only how many hits there are, and what they have in common."""
    found = _aggregated(searcher, conditions, [TRADE])[TRADE]
    return Counted(sum(found.values()), {}, {apart(number): hits for number, hits in found.items()})


def _choices(asked: Filters) -> dict[str, frozenset[int] | None]:
    """By filter, the values counted together that it lets through, None: all. A price that cuts a band is not told."""
    choices = {
        "star": frozenset(asked.stars) or None,
        "branch": frozenset(asked.branches) or None,
        "in_stock": frozenset([1]) if asked.in_stock else None,
    }
    if asked.price_min is None and asked.price_max is None:
        return choices | {"price": None}
    bands = codes.bands(asked.price_min or 0, asked.price_max)
    return choices if bands is None else choices | {"price": frozenset(bands)}


def _taken_apart(
    found: Mapping[int, int], lets: list[frozenset[int] | None]
) -> tuple[list[Counts], dict[tuple[int, ...], int]]:
    """Each field's hits by value under the filters of the others, and the hits under all by the values of all fields.

    What one filter shuts out counts for that filter's field alone. `lets`: what each lets through, None for all.
    """
    shutting = 0
    for flags, let in zip(_FLAGS, lets, strict=True):
        if let is not None:
            shutting |= sum(flag for value, flag in enumerate(flags) if value not in let)
    counted: dict[int, int] = defaultdict(int)
    through = {}
    for number, hits in found.items():
        values, own, together = _flagged(number)
        shut = together & shutting
        if not shut:
            through[values] = hits
            for flag in own:
                counted[flag] += hits
        elif not shut & (shut - 1):  # a single flag
            counted[shut] += hits
    return [{value: counted[flag] for value, flag in enumerate(flags) if flag in counted} for flags in _FLAGS], through


@lru_cache(maxsize=1 << sum(TRADE_BITS.values()))
def _flagged(number: int) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """The values in a number, their flags, and these together."""
    values = apart(number)
    own = tuple(flags[value] for flags, value in zip(_FLAGS, values, strict=True))
    return values, own, sum(own)


def _aggregated(
    searcher: tantivy.Searcher, conditions: list[Condition], fields: list[str]
) -> dict[str, dict[int, int]]:
    asked = {one: {"terms": {"field": one, "size": _MOST_VALUES}} for one in fields}
    told: dict[str, Any] = searcher.aggregate(everything(conditions), asked)
    return {one: {int(bucket["key"]): int(bucket["doc_count"]) for bucket in told[one]["buckets"]} for one in fields}
