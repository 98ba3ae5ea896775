"""Relay's pages over Django's querysets: opaque cursors, at most 100 rows a page."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from django.db.models import Model, Q, QuerySet

from deploy.embedded.core.errors import BadRequest
from deploy.embedded.core.objects import NonNullList

PAGE_LIMIT = 100


class PageInfo(graphene.ObjectType):
    """Where a page stands."""

    has_next_page = graphene.Boolean(required=True)
    has_previous_page = graphene.Boolean(required=True)
    start_cursor = graphene.String()
    end_cursor = graphene.String()


@dataclass
class Page:
    """One page; the total is counted only when it is asked for."""

    queryset: QuerySet[Any]
    edges: list[dict[str, Any]]
    page_info: dict[str, Any]

    @property
    def total_count(self) -> int:
        """All rows, not only this page's."""
        return self.queryset.count()


def connection(node_type: type[graphene.ObjectType]) -> type[graphene.ObjectType]:
    """`XCountableConnection` with `XCountableEdge` for a type X."""
    name = node_type.__name__
    edge = type(
        f"{name}CountableEdge",
        (graphene.ObjectType,),
        {
            "__doc__": f"One {name} of a page.",
            "node": graphene.Field(node_type, required=True),
            "cursor": graphene.String(required=True),
        },
    )
    fields = {
        "__doc__": f"A page of {name}.",
        "page_info": graphene.Field(PageInfo, required=True),
        "edges": graphene.Field(graphene.NonNull(NonNullList(edge))),
        "total_count": graphene.Int(),
    }
    return type(f"{name}CountableConnection", (graphene.ObjectType,), fields)


def paged(connection_type: type[graphene.ObjectType], *, required: bool = False, **arguments: Any) -> graphene.Field:
    """A field that answers a page, with the four arguments of every connection."""
    return graphene.Field(
        connection_type,
        required=required,
        before=graphene.String(),
        after=graphene.String(),
        first=graphene.Int(),
        last=graphene.Int(),
        **arguments,
    )


def page(
    queryset: QuerySet[Any],
    info: graphene.ResolveInfo,
    *,
    order: Sequence[str],
    first: int | None = None,
    last: int | None = None,
    before: str | None = None,
    after: str | None = None,
    **_others: Any,
) -> Page:
    """One page of `queryset` in the order of these columns (the last of them unique, none of them null)."""
    size = _size(info, first, last)
    forward = first is not None
    rows = queryset.order_by(*order) if forward else queryset.order_by(*map(_turn, order))
    if after:
        rows = rows.filter(_beyond(order, _values(after, order)))
    if before:
        rows = rows.filter(_beyond([_turn(column) for column in order], _values(before, order)))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if not forward:
        found.reverse()
    edges = [{"node": row, "cursor": _cursor(row, order)} for row in found]
    return Page(
        queryset,
        edges,
        {
            "has_next_page": more if forward else bool(before),
            "has_previous_page": bool(after) if forward else more,
            "start_cursor": edges[0]["cursor"] if edges else None,
            "end_cursor": edges[-1]["cursor"] if edges else None,
        },
    )


def page_of(rows: Sequence[Any], queryset: QuerySet[Any], info: graphene.ResolveInfo, first: int) -> Page:
    """The first page of rows that were fetched beforehand, in the order of their keys."""
    size = _size(info, first, None)
    ordered = sorted(rows, key=lambda row: row.pk)
    edges = [{"node": row, "cursor": _cursor(row, ["pk"])} for row in ordered[:size]]
    return Page(
        queryset,
        edges,
        {
            "has_next_page": len(ordered) > size,
            "has_previous_page": False,
            "start_cursor": edges[0]["cursor"] if edges else None,
            "end_cursor": edges[-1]["cursor"] if edges else None,
        },
    )


def _size(info: graphene.ResolveInfo, first: int | None, last: int | None) -> int:
    name = f"`{info.field_name}`"
    if first is None and last is None:
        raise BadRequest(f"You must provide a `first` or `last` value to properly paginate the {name} connection.")
    if first is not None and last is not None:
        raise BadRequest("Passing both `first` and `last` is not supported.")
    way, size = ("first", first) if first is not None else ("last", last)
    if size is None or size <= 0:
        raise BadRequest(f"Argument '{way}' must be a positive integer.")
    if size > PAGE_LIMIT:
        raise BadRequest(
            f"Requesting {size} records on the {name} connection exceeds the `{way}` limit of {PAGE_LIMIT} records."
        )
    return size


def _turn(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def _beyond(order: Sequence[str], values: list[str]) -> Q:
    """Rows after the one with these values, compared column by column."""
    condition, same = Q(pk__in=[]), Q()
    for column, value in zip(order, values, strict=True):
        name = column.lstrip("-")
        condition |= same & Q(**{f"{name}__{'lt' if column.startswith('-') else 'gt'}": value})
        same &= Q(**{name: value})
    return condition


def _cursor(row: Model, order: Sequence[str]) -> str:
    values = [str(getattr(row, column.lstrip("-"))) for column in order]
    return base64.b64encode(json.dumps(values, ensure_ascii=False).encode()).decode()


def _values(cursor: str, order: Sequence[str]) -> list[str]:
    try:
        values = json.loads(base64.b64decode(cursor, validate=True))
    except (binascii.Error, ValueError) as error:
        raise BadRequest("Received cursor is invalid.") from error
    if not isinstance(values, list) or len(values) != len(order):
        raise BadRequest("Received cursor is invalid.")
    return values
