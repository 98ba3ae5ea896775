"""Pages by cursor, as Relay describes them, forward only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import graphene
from django.db.models import Model, QuerySet

from catalog.api.cursors import cursor, position
from catalog.api.words import argument, many, one, said

FIRST: Final = 24
MOST: Final = 100  # rows a page


class PageInfo(graphene.ObjectType):
    """Where a page stands."""

    class Meta:
        description = said("Where a page stands in its list.", "Vị trí của một trang trong danh sách.")

    has_next_page = one(graphene.Boolean, "Is there more after this page?", "Sau trang này còn nữa không?")
    has_previous_page = one(
        graphene.Boolean, "Is there anything before it? Pages go forward only.", "Trước trang này có gì không?"
    )
    start_cursor = one(graphene.String, "The first row's cursor.", "Con trỏ của dòng đầu.", required=False)
    end_cursor = one(
        graphene.String,
        "The last row's cursor: give it as `after` for the next page.",
        "Con trỏ của dòng cuối: đưa vào `after` để lấy trang sau.",
        required=False,
    )


@dataclass(frozen=True, slots=True)
class Edge:
    """A row with its cursor."""

    node: Any
    cursor: str


@dataclass(slots=True)
class Page:
    """One page; `count` is asked only when somebody wants the total."""

    edges: list[Edge]
    has_next_page: bool
    has_previous_page: bool
    count: Callable[[], int]
    extra: Any = None
    end: str | None = None
    page_info: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.page_info = {
            "has_next_page": self.has_next_page,
            "has_previous_page": self.has_previous_page,
            "start_cursor": self.edges[0].cursor if self.edges else None,
            "end_cursor": self.end or (self.edges[-1].cursor if self.edges else None),
        }


def edge(node: type[graphene.ObjectType], en: str, vi: str) -> type[graphene.ObjectType]:
    """`XEdge` for a type X that is called `en` and `vi`."""
    fields = {
        "Meta": _meta(f"A row of a list: {en}.", f"Một dòng của danh sách: {vi}."),
        "node": one(node, f"The row itself: {en}.", f"Nội dung của dòng: {vi}."),
        "cursor": one(graphene.String, "Its place in the list.", "Vị trí của dòng trong danh sách."),
    }
    return type(f"{node.__name__}Edge", (graphene.ObjectType,), fields)


def connection(node: type[graphene.ObjectType], en: str, vi: str, rows: Any = None) -> type[graphene.ObjectType]:
    """`XConnection` for a type X that is called `en` and `vi`; `rows` is its `XEdge`, where there is one already."""
    fields = {
        "Meta": _meta(f"A page of a list: {en}.", f"Một trang của danh sách: {vi}."),
        "edges": many(
            rows or edge(node, en, vi), "The rows of this page, in order.", "Các dòng của trang, theo thứ tự."
        ),
        "page_info": one(PageInfo, "Where the page stands.", "Vị trí của trang."),
        "total_count": one(
            graphene.Int,
            "All rows of the list, not of this page.",
            "Số dòng của cả danh sách, không phải của trang.",
            get=lambda page: page.count(),
        ),
    }
    return type(f"{node.__name__}Connection", (graphene.ObjectType,), fields)


def _meta(en: str, vi: str) -> type:
    return type("Meta", (), {"description": said(en, vi)})


def paged(of: Any, en: str, vi: str, **options: Any) -> graphene.Field:
    """A field that answers a page; null, with an error, where an argument cannot be."""
    return one(
        of,
        en,
        vi,
        required=False,
        first=argument(
            graphene.Int,
            f"Rows of the page, 1 to {MOST}.",
            f"Số dòng của trang, từ 1 đến {MOST}.",
            required=True,
            default_value=FIRST,
        ),
        after=argument(
            graphene.String, "`endCursor` of the page before.", "`endCursor` của trang trước.", default_value=None
        ),
        **options,
    )


def part_of(rows: Sequence[Any], of: str, first: int, after: str | None) -> Page:
    """A page of rows that are all at hand, in an order that stays. Raises BadCursor."""
    start = position(of, after)
    edges = [Edge(row, cursor(of, start + n)) for n, row in enumerate(rows[start : start + first], 1)]
    return Page(edges, start + first < len(rows), start > 0, lambda: len(rows))


def rows_after(
    queryset: QuerySet[Any], of: str, first: int, after: str | None, count: Callable[[], int] | None = None
) -> Page:
    """A page of rows in the order of their keys, which rows that come or go do not shift. Raises BadCursor.

    `count`: a quicker way to count them all, where there is one.
    """
    start = position(of, after)
    found: list[Model] = list(queryset.filter(pk__gt=start).order_by("pk")[: first + 1])
    edges = [Edge(row, cursor(of, row.pk)) for row in found[:first]]
    return Page(edges, len(found) > first, start > 0, count or queryset.count)
