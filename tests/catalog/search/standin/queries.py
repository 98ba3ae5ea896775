"""Queries, evaluated: every document that matches, with its score."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.catalog.search.standin.indexes import Index
from tests.catalog.search.standin.refusals import Refused, only, unknown

Scores = dict[str, float]
Query = Mapping[str, Any]


def evaluate(index: Index, query: Query) -> Scores:
    """Document → score. Refuses what it does not know."""
    if len(query) != 1:
        raise Refused(400, "parsing_exception", f"a query is one name: {sorted(query)}")
    (kind, body), *_ = query.items()
    if kind not in _KINDS:
        raise unknown(f"the query [{kind}]")
    return _KINDS[kind](index, body)


def _bool(index: Index, body: Query) -> Scores:
    only(body, {"must", "filter", "should", "minimum_should_match", "boost"}, "[bool]")
    must, kept, wished = ([evaluate(index, one) for one in body.get(name, [])] for name in ("must", "filter", "should"))
    least = body.get("minimum_should_match", 0 if must or kept else min(1, len(wished)))
    found = [*must, *kept]
    if found:
        smallest = min(found, key=len)
        matching = {identity for identity in smallest if all(identity in one for one in found)}
    else:
        matching = set(index.snapshot.documents)
    scores = {}
    for identity in matching:
        held = [one[identity] for one in wished if identity in one]
        if len(held) >= least:
            scores[identity] = body.get("boost", 1.0) * (sum(one[identity] for one in must) + sum(held))
    return scores


def _constant(index: Index, body: Query) -> Scores:
    only(body, {"filter", "boost"}, "[constant_score]")
    return dict.fromkeys(evaluate(index, body["filter"]), body.get("boost", 1.0))


def _term(index: Index, body: Query) -> Scores:
    name, told = _one_field(body, {"value"}, "[term]")
    value = told["value"]
    if index.field(name, needs="index") == "text":
        return index.snapshot.words[name].term(value)
    if type(value) is not int:
        raise Refused(400, "query_shard_exception", f"failed to create query: For input string: {value!r}")
    return _numbered(index, name, value, value)


def _range(index: Index, body: Query) -> Scores:
    name, told = _one_field(body, {"gte", "lte"}, "[range]")
    if index.field(name, needs="index") not in ("integer", "long"):
        raise unknown("a range of words")
    return _numbered(index, name, told.get("gte", -(1 << 63)), told.get("lte", 1 << 63))


def _numbered(index: Index, name: str, low: int, high: int) -> Scores:
    seen = index.snapshot
    if (name, low, high) not in seen.matched:
        documents = seen.documents.items()
        found = {identity: 1.0 for identity, one in documents if name in one and low <= one[name] <= high}
        seen.matched[name, low, high] = found
    return seen.matched[name, low, high]


def _phrase(index: Index, body: Query) -> Scores:
    name, told = _one_field(body, {"query"}, "[match_phrase]")
    if index.field(name, needs="index") != "text":
        raise unknown("a phrase of what is no text")
    return index.snapshot.words[name].phrase(told["query"].split())


def _one_field(body: Query, allowed: set[str], where: str) -> tuple[str, Query]:
    if len(body) != 1:
        raise Refused(400, "parsing_exception", f"{where} query doesn't support multiple fields")
    (name, told), *_ = body.items()
    only(told, allowed, where)
    return name, told


_KINDS: dict[str, Callable[[Index, Query], Scores]] = {
    "bool": _bool, "constant_score": _constant, "term": _term, "range": _range, "match_phrase": _phrase,
}  # fmt: skip
