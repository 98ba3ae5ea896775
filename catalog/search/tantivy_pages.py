"""Which hits stand on a page, in order, by tantivy.

Sorting looks at every hit. How many of them have which star, price band and stock is known by then (`tantivy_counts`),
and with it which of these a page lies in: of many hits only those are sorted.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import tantivy
from tantivy import DocAddress, Order

from catalog.search.conditions import Between, Condition, Term, any_of
from catalog.search.engine import Request
from catalog.search.questions import BY_RANK, ORDERS, by_score, scoring
from catalog.search.tantivy_counts import Counted
from catalog.search.tantivy_query import everything, scored
from catalog.search.tantivy_schema import BY_NAME

_MANY: Final = 5000  # hits; of fewer all are sorted


class Trade(NamedTuple):
    """What hits have in common, as `tantivy_counts` counts them. A band of 0: no price."""

    star: int
    branch: int
    band: int
    in_stock: int


@dataclass(frozen=True, slots=True)
class _Steps:
    """An order as steps: which hits come first, on which step each of them stands, and how to ask for some steps."""

    first: Callable[[Trade], bool]
    step: Callable[[Trade], int]
    conditions: Callable[[list[int]], list[Condition]]


def _stars(stars: list[int]) -> Condition:
    return any_of([Term("star", star) for star in stars])


_STEPS: Final = {  # by the sort key's field
    "rank": _Steps(
        lambda one: bool(one.in_stock), lambda one: one.star, lambda stars: [_stars(stars), Term("in_stock", 1)]
    ),
    "by_star": _Steps(
        lambda one: one.band > 0, lambda one: one.star, lambda stars: [_stars(stars), Term("for_sale", 1)]
    ),
    "price_up": _Steps(
        lambda one: one.band > 0, lambda one: one.band, lambda bands: [Between("price_band", min(bands), max(bands))]
    ),
}
_STEPS["price_down"] = _STEPS["price_up"]


def page(searcher: tantivy.Searcher, asked: list[Condition], request: Request, counted: Counted) -> list[DocAddress]:
    """Where the hits of the page are, in order."""
    total = counted.total
    if request.offset >= total:
        return []
    if by_score(request):
        query = scored(everything(asked), scoring(request), searcher, total)
        return _places(searcher.search(query, request.limit, count=False, offset=request.offset))
    field, ascending = ORDERS.get(request.sort, BY_RANK)
    if field == "sort_name":
        return _by_name(searcher, asked, request.offset, request.limit)
    narrowing, before = _steps(field, request, counted.trade, ascending=ascending) if total > _MANY else ([], 0)
    found = searcher.search(
        everything([*asked, *narrowing]),
        request.limit,
        count=False,
        order_by_field=field,
        offset=request.offset - before,
        order=Order.Asc if ascending else Order.Desc,
    )
    return _places(found)


def _steps(
    field: str, request: Request, trade: Mapping[tuple[int, ...], int], *, ascending: bool
) -> tuple[list[Condition], int]:
    """Conditions for the steps that the page lies on, and how many hits stand on those before; none where it lies on
    others too.
    """
    if field not in _STEPS:
        return [], 0
    steps, sizes = _STEPS[field], defaultdict[int, int](int)
    for values, hits in trade.items():
        one = Trade(*values)
        if steps.first(one):
            if not one.band:  # in stock, but without a price: it comes after all others
                return [], 0
            sizes[steps.step(one)] += hits
    before, reached, wanted = 0, 0, []
    for step in sorted(sizes, reverse=not ascending):
        reached += sizes[step]
        if reached <= request.offset:
            before = reached
            continue
        wanted.append(step)
        if reached >= request.offset + request.limit:
            return steps.conditions(wanted), before
    return [], 0


def _by_name(searcher: tantivy.Searcher, asked: list[Condition], offset: int, limit: int) -> list[DocAddress]:
    """By the names' numbers; where hits of the page share one with each other or with a neighbour, by the texts.

    These texts are read for the few that have those numbers, never for all hits before the page.
    """
    first = max(0, offset - 1)
    lead = offset - first
    found = searcher.search(
        everything(asked), lead + limit + 1, count=False, order_by_field=BY_NAME, offset=first, order=Order.Asc
    )
    numbers = [number for number, _ in found.hits]
    places = _places(found)
    if len(set(numbers)) == len(numbers):
        return places[lead : lead + limit]
    before = everything([*asked, Between(BY_NAME, None, numbers[0] - 1)])
    there = everything([*asked, Between(BY_NAME, numbers[0], numbers[-1])])
    skipped = offset - hits(searcher.search(before, 1))
    tied = searcher.search(there, limit, count=False, order_by_field="sort_name", offset=skipped, order=Order.Asc)
    return _places(tied)


def hits(found: tantivy.SearchResult) -> int:
    """How many there are, of a search that was to count them."""
    return int(getattr(found, "count", 0) or 0)


def _places(found: tantivy.SearchResult) -> list[DocAddress]:
    return [place for _, place in found.hits]
