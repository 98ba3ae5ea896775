"""Conditions in tantivy's terms."""

from collections.abc import Callable, Iterable
from typing import Any, Final

import tantivy
from tantivy import FieldType, Occur, Query

from catalog.search.codes import NOWHERE
from catalog.search.conditions import AllOf, AnyOf, Between, Boosted, Condition, Constant, Phrase, Term
from catalog.search.tantivy_schema import BRANCH_SETS, SHOWN, STARS, UNSIGNED, branch_set, schema, shown

_NOT_BLOCKED, _NOT_ADULT, _IN_STOCK = Term("blocked", 0), Term("adult", 0), Term("in_stock", 1)
_DENSE: Final = 8  # times the hits: a list longer than that is asked about each hit, a shorter one gone through


def everything(conditions: Iterable[Condition]) -> Query:
    """All conditions in one query; those that a single list tells (`tantivy_schema.shown`) are asked as that."""
    return Query.boolean_query([(Occur.Must, translated(condition)) for condition in _told_at_once(conditions)])


def scored(query: Query, conditions: Iterable[Condition], searcher: tantivy.Searcher, hits: int) -> Query:
    """What the query finds, `hits` in number, each condition adding its score where it holds.

    Side by side, tantivy goes through all documents of each condition; one within the other, it asks about each hit.
    """
    sparse: list[tuple[Occur, Query]] = []
    dense: list[Query] = []
    for condition in conditions:
        if _documents(condition, searcher) <= _DENSE * hits:
            sparse.append((Occur.Should, translated(condition)))
        else:
            dense.append(translated(condition))
    query = Query.boolean_query([(Occur.Must, query), *sparse]) if sparse else query
    for one in dense:
        query = Query.boolean_query([(Occur.Must, query), (Occur.Should, one)])
    return query


def translated(condition: Condition) -> Query:
    """One condition as a query."""
    return _TRANSLATE[type(condition)](condition)


def _told_at_once(conditions: Iterable[Condition]) -> list[Condition]:
    asked = list(conditions)
    if _NOT_BLOCKED not in asked:
        return asked
    chosen: frozenset[int] | None = None
    rest: list[Condition] = []
    for one in asked:
        if (values := _values("star", one)) and values <= set(STARS):
            chosen = values if chosen is None else chosen & values
        elif one not in (_NOT_BLOCKED, _NOT_ADULT, _IN_STOCK):
            rest.append(one)
    if chosen is not None and not chosen:
        rest.append(Term("star", NOWHERE))
    number = shown(chosen or (), in_stock=_IN_STOCK in asked, adult=_NOT_ADULT not in asked)
    return [Constant(Term(SHOWN, number), 0.0), *rest]


def _values(field: str, condition: Condition) -> frozenset[int]:
    """The numbers of a field of which a document needs one; none where the condition says something else."""
    if isinstance(condition, Constant):
        return _values(field, condition.part)
    parts = condition.parts if isinstance(condition, AnyOf) else (condition,)
    found = [one.value for one in parts if isinstance(one, Term) and one.field == field and isinstance(one.value, int)]
    return frozenset(found) if len(found) == len(parts) else frozenset()


def _documents(condition: Condition, searcher: tantivy.Searcher) -> int:
    """About how many documents are gone through for a condition alone."""
    match condition:
        case Term(field, value):
            return searcher.doc_freq(field, value)
        case Phrase(field, words):
            return len(words) * min(searcher.doc_freq(field, word) for word in words)
        case AnyOf(parts):
            return sum(_documents(part, searcher) for part in parts)
        case AllOf(parts):
            return len(parts) * min(_documents(part, searcher) for part in parts)
        case Boosted(part, _) | Constant(part, _):
            return _documents(part, searcher)
        case Between():
            return searcher.num_docs


def _between(one: Between) -> Query:
    kind = FieldType.Unsigned if one.field in UNSIGNED else FieldType.Integer
    return Query.range_query(schema(), one.field, kind, one.low, one.high)


def _any_of(one: AnyOf) -> Query:
    """A union; a set of groups has a term of its own: one list in the place of several."""
    number = branch_set(values) if (values := _values("branch", one)) else None
    if number is not None:
        return Query.term_query(schema(), BRANCH_SETS, number)
    return Query.boolean_query([(Occur.Should, translated(part)) for part in one.parts])


_TRANSLATE: Final[dict[type, Callable[[Any], Query]]] = {
    Term: lambda one: Query.term_query(schema(), one.field, one.value),
    Phrase: lambda one: Query.phrase_query(schema(), one.field, list(one.words)),
    Between: _between,
    AnyOf: _any_of,
    AllOf: lambda one: Query.boolean_query([(Occur.Must, translated(part)) for part in one.parts]),
    Boosted: lambda one: Query.boost_query(translated(one.part), one.factor),
    Constant: lambda one: Query.const_score_query(translated(one.part), one.worth),
}
