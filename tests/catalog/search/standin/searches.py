"""Searches: query, counts, filter after counting, order, a page."""

import struct
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tests.catalog.search.standin.indexes import Index
from tests.catalog.search.standin.queries import Scores, evaluate
from tests.catalog.search.standin.refusals import Refused, only, unknown

_BODY = {
    "query", "sort", "aggs", "post_filter", "from", "size", "track_total_hits", "_source", "stored_fields",
    "docvalue_fields", "search_after",
}  # fmt: skip
_BUCKETS = 65_536
Body = Mapping[str, Any]


def search(index: Index, body: Body) -> dict[str, Any]:
    """The answer to _search."""
    only(body, _BODY, "the search")
    everything = dict.fromkeys(index.snapshot.documents, 1.0)
    scores = evaluate(index, body["query"]) if "query" in body else everything
    told: dict[str, Any] = {"took": 0, "timed_out": False, "hits": {"max_score": None, "hits": []}}
    told["_shards"] = {"total": 1, "successful": 1, "skipped": 0, "failed": 0}
    if "aggs" in body:
        told["aggregations"] = {name: _aggregate(index, scores, one) for name, one in body["aggs"].items()}
    if "post_filter" in body:
        kept = evaluate(index, body["post_filter"])
        scores = {identity: score for identity, score in scores.items() if identity in kept}
    if body.get("track_total_hits", 10_000) is True:
        told["hits"]["total"] = {"value": len(scores), "relation": "eq"}
    elif body["track_total_hits"] is not False:
        raise unknown("a total that is not exact")
    if size := body.get("size", 10):
        told["hits"]["hits"] = _page(index, scores, body, size)
    return told


def count(index: Index, body: Body) -> dict[str, Any]:
    """The answer to _count."""
    only(body, {"query"}, "the count")
    return {"count": len(evaluate(index, body["query"])), "_shards": {"total": 1, "successful": 1, "failed": 0}}


def _page(index: Index, scores: Scores, body: Body, size: int) -> list[dict[str, Any]]:
    start, after = body.get("from", 0), body.get("search_after")
    if start + size > index.window:
        reason = f"Result window is too large, from + size must be less than or equal to: [{index.window}]"
        raise Refused(400, "illegal_argument_exception", reason)
    if body.get("_source") is not False or body.get("stored_fields") != "_none_":
        raise unknown("hits with their texts")
    keys = [next(iter(one.items())) for one in body["sort"]]
    for name, direction in keys:
        if name != "_score":
            index.field(name, needs="doc_values")
        if direction not in ("asc", "desc"):
            raise unknown(f"the order [{direction}]")
    downwards = [direction == "desc" for _, direction in keys]

    def key(values: list[Any]) -> list[Any]:
        return [-value if down else value for value, down in zip(values, downwards, strict=True)]

    documents = index.snapshot.documents
    placed = [
        ([_float(score) if name == "_score" else documents[identity][name] for name, _ in keys], identity)
        for identity, score in scores.items()
    ]
    placed.sort(key=lambda one: key(one[0]))
    if after is not None:
        if start or len(after) != len(keys):
            raise Refused(400, "action_request_validation_exception", "search_after goes with the sort, without from")
        placed = [one for one in placed if key(one[0]) > key(after)]
    fields = [one["field"] for one in body.get("docvalue_fields", [])]
    for name in fields:
        index.field(name, needs="doc_values")
    return [
        {"_index": index.name, "sort": values, "fields": {name: [documents[identity][name]] for name in fields}}
        for values, identity in placed[start : start + size]
    ]


def _aggregate(index: Index, scores: Iterable[str], told: Body) -> dict[str, Any]:
    kinds = set(told) - {"aggs"}
    if kinds == {"filter"}:
        kept = evaluate(index, told["filter"])
        inside = [identity for identity in scores if identity in kept]
        parts = {name: _aggregate(index, inside, one) for name, one in told["aggs"].items()}
        return {"doc_count": len(inside), **parts}
    if kinds == {"terms"} and "aggs" not in told:
        only(told["terms"], {"field", "size"}, "[terms]")
        counts = _values(index, scores, told["terms"]["field"])
        buckets = [{"key": key, "doc_count": n} for key, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]
        size = told["terms"]["size"]
        rest = sum(one["doc_count"] for one in buckets[size:])
        return {"doc_count_error_upper_bound": 0, "sum_other_doc_count": rest, "buckets": buckets[:size]}
    if kinds == {"composite"} and "aggs" not in told:
        return _composite(index, scores, told["composite"])
    raise unknown(f"the aggregation {sorted(told)}")


def _composite(index: Index, scores: Iterable[str], told: Body) -> dict[str, Any]:
    only(told, {"size", "sources", "after"}, "[composite]")
    if told["size"] > _BUCKETS:
        raise Refused(400, "too_many_buckets_exception", f"Trying to create too many buckets: {told['size']}")
    [source] = told["sources"]
    [(name, terms)] = source.items()
    only(terms, {"terms"}, "a source")
    only(terms["terms"], {"field"}, "a source")
    counts = _values(index, scores, terms["terms"]["field"])
    after = told.get("after", {name: ""})
    only(after, {name}, "[after]")
    words = [word for word in sorted(counts) if word > after[name]][: told["size"]]
    buckets = [{"key": {name: word}, "doc_count": counts[word]} for word in words]
    return {"buckets": buckets} | ({"after_key": buckets[-1]["key"]} if buckets else {})


def _values(index: Index, scores: Iterable[str], name: str) -> Counter[Any]:
    index.field(name, needs="doc_values")
    counts: Counter[Any] = Counter()
    for identity in scores:
        value = index.snapshot.documents[identity].get(name, [])
        counts.update(set(value) if isinstance(value, list) else [value])
    return counts


def _float(score: float) -> float:
    return float(struct.unpack("f", struct.pack("f", score))[0])
