"""Filter inputs that several nouns share."""

from collections.abc import Mapping
from typing import Any

import graphene
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import Exact

from deploy.embedded.core.objects import NonNullList


class DateTimeRangeInput(graphene.InputObjectType):
    """From and to, both included."""

    gte = graphene.DateTime()
    lte = graphene.DateTime()


class StringFilterInput(graphene.InputObjectType):
    """A text, or one of several."""

    eq = graphene.String()
    one_of = NonNullList(graphene.String)


class GlobalIDFilterInput(graphene.InputObjectType):
    """An id, or one of several."""

    eq = graphene.ID()
    one_of = NonNullList(graphene.ID)


class MetadataFilter(graphene.InputObjectType):
    """A key, and its value where one is given."""

    key = graphene.String(required=True)
    value = graphene.String()


def in_range(column: str, given: Mapping[str, Any] | None) -> Q:
    """Rows whose column lies in the range."""
    condition = Q()
    for end in ("gte", "lte"):
        if given and given.get(end) is not None:
            condition &= Q(**{f"{column}__{end}": given[end]})
    return condition


def texts(given: Mapping[str, Any]) -> list[Any]:
    """The wanted values of an eq/oneOf filter."""
    return [given["eq"]] if given.get("eq") is not None else list(given.get("one_of") or [])


def has_metadata(given: list[Mapping[str, Any]] | None) -> Q:
    """Rows that have all these public facts."""
    condition = Q()
    for item in given or []:
        key, value = item["key"], item.get("value")
        condition &= Q(metadata__has_key=key) if value is None else Q(Exact(KeyTextTransform(key, "metadata"), value))
    return condition
