"""Conditions in Elasticsearch's terms, as plain JSON: the client's own classes for it would be built to be unbuilt."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from catalog.search.conditions import AllOf, AnyOf, Between, Boosted, Condition, Constant, Phrase, Term
from catalog.search.engine import FACETS, Request
from catalog.search.questions import BY_RANK, ORDERS, by_score, filters, gate, matching, scoring
from catalog.search.synonyms import Clause

Query = dict[str, Any]
_MOST_VALUES: Final = 100  # more than any facet has
_OWN: Final = {own for _, own in FACETS.values()}


def search_body(request: Request) -> dict[str, Any]:
    """Query, order, filters after counting and counts: one search.

    A facet's own filter narrows hits after the counting; each facet counts what the others leave.
    """
    asked = filters(request.filters)
    own = {name: condition for name, condition in asked.items() if name in _OWN}
    always = gate(request.today, adult=request.adult) + [part for name, part in asked.items() if name not in own]
    return {
        "query": _query(request, always),
        "sort": _order(request),
        **({"aggs": _counts({name: translated(part) for name, part in own.items()})} if request.counted else {}),
        **({"post_filter": _all(map(translated, own.values()))} if own else {}),
    }


def count_body(clauses: Iterable[Clause], today: int, *, adult: bool) -> Query:
    """The query of words alone, unscored."""
    return _all(map(translated, [*gate(today, adult=adult), *matching(clauses)]))


def counted(told: Mapping[str, Any]) -> dict[str, dict[int, int]]:
    """Per facet how many hits each value has, from the answer's aggregations, where there are any."""
    values = {name: told[name].get("values", told[name]) for name in FACETS if name in told}
    return {
        name: {int(bucket["key"]): int(bucket["doc_count"]) for bucket in found["buckets"]}
        for name, found in values.items()
    }


def translated(condition: Condition) -> Query:
    """One condition as a query."""
    return _TRANSLATE[type(condition)](condition)


def _query(request: Request, always: Iterable[Condition]) -> Query:
    words = [translated(part) for part in matching(request.clauses)]
    kept = [translated(part) for part in always]
    if not by_score(request):
        return {"bool": {"filter": kept + words}}
    wished = [translated(part) for part in scoring(request)]
    return {"bool": {"filter": kept, "must": words, "should": wished, "minimum_should_match": 0}}


def _order(request: Request) -> list[Query]:
    if by_score(request):
        return [{"_score": "desc"}, {"id": "asc"}]
    field, ascending = ORDERS.get(request.sort, BY_RANK)
    return [{field: "asc" if ascending else "desc"}]  # the id is in the key


def _counts(own: Mapping[str, Query]) -> Query:
    made = {}
    for facet, (field, its) in FACETS.items():
        values = {"terms": {"field": field, "size": _MOST_VALUES}}
        others = [query for name, query in own.items() if name != its]
        made[facet] = {"filter": _all(others), "aggs": {"values": values}} if others else values
    return made


def _all(queries: Iterable[Query]) -> Query:
    return {"bool": {"filter": list(queries)}}


def _between(one: Between) -> Query:
    bounds = {"gte": one.low, "lte": one.high}
    return {"range": {one.field: {name: bound for name, bound in bounds.items() if bound is not None}}}


_TRANSLATE: Final[dict[type, Callable[[Any], Query]]] = {
    Term: lambda one: {"term": {one.field: {"value": one.value}}},
    Phrase: lambda one: {"match_phrase": {one.field: {"query": " ".join(one.words)}}},
    Between: _between,
    AnyOf: lambda one: {"bool": {"should": list(map(translated, one.parts)), "minimum_should_match": 1}},
    AllOf: lambda one: {"bool": {"must": list(map(translated, one.parts))}},
    Boosted: lambda one: {"bool": {"must": [translated(one.part)], "boost": one.factor}},
    Constant: lambda one: {"constant_score": {"filter": translated(one.part), "boost": one.worth}},
}
