"""Conditions in tantivy's terms."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from tantivy import FieldType, Occur, Query

from catalog.search.conditions import AllOf, AnyOf, Between, Boosted, Condition, Constant, Phrase, Term
from catalog.search.tantivy_schema import schema, set_of, sets

Part = tuple[Occur, Query]


def required(conditions: Iterable[Condition]) -> list[Part]:
    """Each must hold."""
    return [(Occur.Must, translated(condition)) for condition in conditions]


def everything(parts: list[Part]) -> Query:
    """All conditions in one query."""
    return Query.boolean_query(parts)


def scored(query: Query, conditions: Iterable[Condition]) -> Query:
    """What the query finds, each condition adding its score where it holds.

    One within the other: where several stand side by side, tantivy goes through all documents of each; a single one it
    asks about the hits alone.
    """
    for condition in conditions:
        query = Query.boolean_query([(Occur.Must, query), (Occur.Should, translated(condition))])
    return query


def translated(condition: Condition) -> Query:
    """One condition as a query."""
    return _TRANSLATE[type(condition)](condition)


def _one_term(one: AnyOf) -> Query | None:
    """A set of values that has a term of its own: one list of documents in the place of several."""
    fields = {part.field if isinstance(part, Term) else "" for part in one.parts}
    values = tuple(part.value for part in one.parts if isinstance(part, Term) and isinstance(part.value, int))
    if len(fields) > 1 or len(values) < len(one.parts):
        return None
    (field,) = fields
    number = set_of(field, values)
    return None if number is None else Query.term_query(schema(), sets(field), number)


_TRANSLATE: Final[dict[type, Callable[[Any], Query]]] = {
    Term: lambda one: Query.term_query(schema(), one.field, one.value),
    Phrase: lambda one: Query.phrase_query(schema(), one.field, list(one.words)),
    Between: lambda one: Query.range_query(schema(), one.field, FieldType.Integer, one.low, one.high),
    AnyOf: lambda one: _one_term(one) or Query.boolean_query([(Occur.Should, translated(part)) for part in one.parts]),
    AllOf: lambda one: Query.boolean_query(required(one.parts)),
    Boosted: lambda one: Query.boost_query(translated(one.part), one.factor),
    Constant: lambda one: Query.const_score_query(translated(one.part), one.worth),
}
