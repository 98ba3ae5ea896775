"""The documentation of the page, made from the schema's own descriptions."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_introspection_type,
    is_specified_scalar_type,
)
from markupsafe import Markup, escape

from catalog.api.cost import SIZES, SURCHARGES
from catalog.api.schema import SCHEMA
from catalog.api.words import told


@dataclass(frozen=True, slots=True)
class Line:
    """A field, argument or value: `kind` is its type as GraphQL writes it, `link` that type's name if it has an entry.

    `size`: rows that a list without `first` counts; `surcharge`: points besides.
    """

    name: str
    vi: Markup
    en: Markup
    kind: str = ""
    link: str = ""
    arguments: tuple["Line", ...] = ()
    size: int | None = None
    surcharge: int | None = None
    deprecated: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A type."""

    name: str
    vi: Markup
    en: Markup
    lines: tuple[Line, ...]


@lru_cache(maxsize=1)
def reference() -> tuple[Entry, ...]:
    """Every type of ours, `Query` first, then by name; pages and their rows are left out: all are alike."""
    types = [one for one in SCHEMA.graphql_schema.type_map.values() if _is_ours(one)]
    types.sort(key=lambda one: (one.name != "Query", one.name))
    return tuple(Entry(one.name, *_words(one.description), tuple(_lines(one))) for one in types)


def _words(description: str | None) -> tuple[Markup, Markup]:
    """(vi, en); what stands between backticks is code."""
    vi, en = map(_marked, told(description))
    return vi, en


def _marked(text: str) -> Markup:
    parts = [escape(part) for part in text.split("`")]
    return Markup("").join(Markup("<code>{}</code>").format(part) if n % 2 else part for n, part in enumerate(parts))


def _is_ours(one: GraphQLNamedType) -> bool:
    return not (is_introspection_type(one) or is_specified_scalar_type(one) or one.name.endswith("Edge"))


def _lines(one: GraphQLNamedType) -> Iterator[Line]:
    if isinstance(one, GraphQLObjectType):
        for name, field in one.fields.items():
            yield _line(name, field, one.name)
    elif isinstance(one, GraphQLInputObjectType):
        for name, given in one.fields.items():
            yield Line(name, *_words(given.description), str(given.type), _link(given.type))
    elif isinstance(one, GraphQLEnumType):
        for name, value in one.values.items():
            yield Line(name, *_words(value.description))


def _line(name: str, field: GraphQLField, of: str) -> Line:
    arguments = tuple(_argument(key, given) for key, given in field.args.items())
    size, surcharge = SIZES.get((of, name)), SURCHARGES.get((of, name))
    words = _words(field.description)
    return Line(
        name, *words, str(field.type), _link(field.type), arguments, size, surcharge, field.deprecation_reason or ""
    )


def _argument(name: str, given: GraphQLArgument) -> Line:
    return Line(name, *_words(given.description), str(given.type), _link(given.type))


def _link(kind: object) -> str:
    named = get_named_type(kind)  # type: ignore[call-overload]
    return named.name if _is_ours(named) else ""
