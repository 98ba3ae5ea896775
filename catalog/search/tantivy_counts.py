"""Facets counted by tantivy: each value's hits under all filters but the facet's own.

Facets whose values stand in one number (`COUNTED_TOGETHER`) are counted in one pass without any of their filters, which
are then applied to the numbers found, a few hundred at most. The others take a pass for each filter of their own.
"""

from collections import defaultdict
from typing import Any, Final

import tantivy
from tantivy import Query

from catalog.search import codes
from catalog.search.engine import FACETS, Filters
from catalog.search.tantivy_query import Part
from catalog.search.tantivy_schema import COUNTED_TOGETHER, MOST_APART, MOST_TOGETHER, TOGETHER, apart

Counts = dict[str, dict[int, int]]
_MOST_VALUES: Final = 100  # more than any facet has


def count(searcher: tantivy.Searcher, must: list[Part], active: dict[str, list[Part]], asked: Filters) -> Counts:
    """Counts by facet. `active` are the conditions of `asked` by the filter's name; `must` always holds."""
    chosen = _chosen(asked)
    passes: dict[frozenset[str], list[str]] = defaultdict(list)  # filters left out → fields counted
    passes[frozenset(chosen).intersection(active)] = [TOGETHER]
    for field, own in FACETS.values():
        if own not in chosen:
            passes[frozenset([own]).intersection(active)].append(field)
    found: dict[str, dict[int, int]] = {}
    for ignored, fields in passes.items():
        parts = [part for name, parts in active.items() if name not in ignored for part in parts]
        found |= _aggregated(searcher, Query.boolean_query(must + parts), fields)
    counts = {facet: found[field] for facet, (field, own) in FACETS.items() if own not in chosen}
    return counts | _taken_apart(found[TOGETHER], chosen)


def _chosen(asked: Filters) -> dict[str, frozenset[int] | None]:
    """By filter, what it lets through of the values counted together, None for all.

    A price that cuts a band is no such filter.
    """
    chosen = {
        "star": frozenset(asked.stars) or None,
        "branch": frozenset(asked.branches) or None,
        "in_stock": frozenset([1]) if asked.in_stock else None,
    }
    if asked.price_min is None and asked.price_max is None:
        return chosen | {"price": None}
    bands = codes.bands(asked.price_min or 0, asked.price_max)
    return chosen if bands is None else chosen | {"price": frozenset(bands)}


def _taken_apart(found: dict[int, int], chosen: dict[str, frozenset[int] | None]) -> Counts:
    facets = {own: (facet, COUNTED_TOGETHER.index(field)) for facet, (field, own) in FACETS.items() if own in chosen}
    lets = [(facets[own][1], let) for own, let in chosen.items() if let is not None]
    places = [at for _, at in facets.values()]
    counts = [[0] * MOST_APART for _ in COUNTED_TOGETHER]
    for together, number in found.items():
        values = apart(together)
        shut = [at for at, let in lets if values[at] not in let]
        if len(shut) < 2:  # its own filter does not stand in a facet's way
            for at in shut or places:
                counts[at][values[at]] += number
    return {facet: {value: n for value, n in enumerate(counts[at]) if n} for facet, at in facets.values()}


def _aggregated(searcher: tantivy.Searcher, query: Query, fields: list[str]) -> dict[str, dict[int, int]]:
    asked = {
        field: {"terms": {"field": field, "size": MOST_TOGETHER if field == TOGETHER else _MOST_VALUES}}
        for field in fields
    }
    told: dict[str, Any] = searcher.aggregate(query, asked)
    return {
        field: {int(bucket["key"]): int(bucket["doc_count"]) for bucket in told[field]["buckets"]} for field in fields
    }
