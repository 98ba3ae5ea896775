"""Search and its facets in the schema: the shop's own search (`catalog.search.services`)."""

from dataclasses import dataclass, fields, replace
from typing import Any

import graphene

from catalog.api.cursors import cursor, position
from catalog.api.errors import BadArgument
from catalog.api.goods import ProducerKind
from catalog.api.loading import Loaders, listed
from catalog.api.pages import Edge, Page, PageInfo
from catalog.api.places import known
from catalog.api.products import ProductEdge
from catalog.api.words import enum, labelled, many, one, said, value
from catalog.search.query import MAX_HITS, SearchPage, SearchQuery
from catalog.search.query import FacetValue as FacetRow
from catalog.search.services import search

LONGEST_TEXT = 200  # characters
MOST_VALUES = 100  # of one filter
SearchSort = enum(
    "SearchSort",
    said(
        "How results are put in order; `/cach-xep-hang/` tells the rules.", "Cách xếp kết quả; xem `/cach-xep-hang/`."
    ),
    {
        "RELEVANCE": ("relevance", "The best match first.", "Phù hợp nhất trước."),
        "PRICE_ASC": ("price", "The cheapest first.", "Giá thấp đến cao."),
        "PRICE_DESC": ("-price", "The dearest first.", "Giá cao đến thấp."),
        "STAR": ("star", "More stars first.", "Nhiều sao trước."),
        "NEWEST": ("newest", "The newest decision first.", "Mới công nhận trước."),
        "NAME": ("name", "By name, accents aside.", "Theo tên, không kể dấu."),
    },
)
FacetName = enum(
    "FacetName",
    said("What a facet narrows by.", "Bộ lọc theo gì."),
    {
        "PROVINCE": ("province", "Provinces of today, by code.", "Tỉnh hiện nay, theo mã."),
        "REGION": ("region", "Regions, by slug.", "Vùng, theo mã."),
        "STAR": ("star", "Stars.", "Hạng sao."),
        "BRANCH": ("branch", "Branches, by number.", "Nhóm sản phẩm, theo số."),
        "PRODUCER_KIND": ("producer_kind", "Legal forms.", "Loại hình chủ thể."),
        "PRICE": ("price", 'Price bands in đồng, as "50000-99999".', 'Khoảng giá, dạng "50000-99999".'),
        "IN_STOCK": ("in_stock", "In stock.", "Còn hàng."),
    },
)
PLACE_KINDS = {
    "PROVINCE": ("province", "A province of today.", "Tỉnh hiện nay."),
    "OLD_PROVINCE": ("old_province", "A province of before 1 July 2025.", "Tỉnh trước ngày 1/7/2025."),
    "REGION": ("region", "A region of the programme.", "Vùng của Chương trình OCOP."),
    "OLD_DISTRICT": (
        "old_district",
        "A district of before; two are joined by +.",
        "Huyện cũ; hai huyện nối bằng dấu +.",
    ),
    "COMMUNE": ("commune", "A commune of today.", "Xã, phường hiện nay."),
    "OLD_COMMUNE": ("old_commune", "A commune of before.", "Xã, phường cũ."),
}
ChipKind = enum("ChipKind", said("Which kind of place.", "Loại địa danh."), PLACE_KINDS)


class FacetValue(graphene.ObjectType):
    """A value to narrow by."""

    class Meta:
        description = said("A value to narrow by.", "Một giá trị để lọc.")

    value = one(
        graphene.String,
        'What to narrow by, as `filter` takes it; a price band is "priceMin-priceMax", and 1 stands for `inStock`.',
        'Giá trị để lọc, như `filter` nhận; khoảng giá là "priceMin-priceMax", còn 1 là `inStock`.',
    )
    label = labelled("What it is called.", "Tên gọi.")
    count = one(
        graphene.Int,
        "Products that the other filters leave of it; 0 for all while `plain`.",
        "Số sản phẩm còn lại theo các bộ lọc khác; bằng 0 khi `plain`.",
    )
    selected = one(graphene.Boolean, "Is it asked for?", "Có đang được chọn không?")


class Facet(graphene.ObjectType):
    """A filter and its values."""

    class Meta:
        description = said("A filter and its values.", "Một bộ lọc và các giá trị.")

    name = one(FacetName, "Which filter.", "Bộ lọc nào.", get=lambda pair: pair[0])
    values = many(
        FacetValue,
        "Those that have hits or are asked for.",
        "Các giá trị có kết quả hoặc đang chọn.",
        get=lambda pair: _values(*pair),
    )


class Chip(graphene.ObjectType):
    """Words that were read as a place."""

    class Meta:
        description = said("Words of the text that were read as a place.", "Các từ được hiểu là địa danh.")

    kind = one(ChipKind, "Which kind of place.", "Loại địa danh.")
    value = one(graphene.String, "Its code.", "Mã của nơi ấy.")
    label = labelled("What it is called.", "Tên gọi.")
    words = one(graphene.String, "The words as typed.", "Các từ như đã gõ.")


class SearchFilter(graphene.InputObjectType):
    """Values of one filter are alternatives; different filters all hold."""

    class Meta:
        description = said(
            "Values of one filter are alternatives; different filters all hold.",
            "Các giá trị trong một bộ lọc là “hoặc”; các bộ lọc khác nhau cùng phải đúng.",
        )

    provinces = graphene.List(
        graphene.NonNull(graphene.String), description=said("Codes of provinces of today.", "Mã tỉnh hiện nay.")
    )
    old_provinces = graphene.List(
        graphene.NonNull(graphene.String),
        description=said(
            "Codes of provinces of before 1 July 2025; one filter together with `provinces`.",
            "Mã tỉnh trước ngày 1/7/2025; cùng một bộ lọc với `provinces`.",
        ),
    )
    communes = graphene.List(
        graphene.NonNull(graphene.String), description=said("Codes of communes of today.", "Mã xã, phường hiện nay.")
    )
    regions = graphene.List(graphene.NonNull(graphene.String), description=said("Slugs of regions.", "Mã vùng."))
    stars = graphene.List(graphene.NonNull(graphene.Int), description=said("3, 4 or 5.", "3, 4 hoặc 5."))
    branches = graphene.List(graphene.NonNull(graphene.Int), description=said("1 to 6.", "1 đến 6."))
    producer_kinds = graphene.List(
        graphene.NonNull(ProducerKind), description=said("Legal forms of producers.", "Loại hình chủ thể.")
    )
    price_min = graphene.Int(description=said("Đồng, included.", "Giá thấp nhất, đồng, kể cả."))
    price_max = graphene.Int(description=said("Đồng, included.", "Giá cao nhất, đồng, kể cả."))
    in_stock = graphene.Boolean(description=said("Only what is in stock.", "Chỉ sản phẩm còn hàng."))


class SearchResult(graphene.ObjectType):
    """A page of results; the rows are `Page` with the search's own page as `extra`."""

    class Meta:
        description = said(
            f"A page of results, best first. Pages reach {MAX_HITS:,} results far: narrow the question for more, or "
            "walk through `products`.",
            f"Một trang kết quả. Các trang đi tới kết quả thứ {MAX_HITS:,}: muốn hơn hãy thu hẹp câu hỏi, "
            "hoặc đi hết `products`.",
        )

    edges = many(ProductEdge, "The products of this page.", "Các sản phẩm của trang.")
    page_info = one(PageInfo, "Where the page stands.", "Vị trí của trang.")
    total_count = one(graphene.Int, "All that was found.", "Số sản phẩm tìm thấy.", get="extra.total")
    reach = one(
        graphene.Int, "How many results pages reach.", "Các trang đi tới kết quả thứ mấy.", get=lambda _: MAX_HITS
    )
    facets = many(Facet, "Filters with counts.", "Các bộ lọc kèm số lượng.", get=lambda page: page.extra.facets.items())
    chips = many(Chip, "Words that were read as places.", "Các từ được hiểu là địa danh.", get="extra.chips")
    corrected = one(
        graphene.String,
        "The text searched for instead of the one typed.",
        "Từ đã tìm thay cho từ đã gõ.",
        required=False,
        get="extra.corrected",
    )
    offered = one(
        graphene.String,
        "What may have been meant, where nothing was found.",
        "Từ có lẽ bạn muốn gõ, khi không tìm thấy gì.",
        required=False,
        get="extra.offered",
    )
    plain = one(
        graphene.Boolean,
        "No search engine answered: only places and filters were looked at, and facets have no counts.",
        "Máy tìm kiếm tạm ngừng: chỉ xét địa danh và bộ lọc, không có số lượng.",
        get="extra.plain",
    )


@dataclass(frozen=True)
class Question:
    """The arguments of `search`, checked; its text tells it from others."""

    query: SearchQuery

    @property
    def name(self) -> str:
        """The list that a cursor belongs to: everything but the page."""
        told = [(one.name, getattr(self.query, one.name)) for one in fields(self.query)]
        return f"search {[pair for pair in told if pair[0] not in ('page', 'per_page', 'skip')]}"


def question(text: str, narrow: dict[str, Any], sort: Any, **more: bool) -> Question:
    """Raises BadArgument for values that do not exist."""
    check_length(text)
    for name, values in narrow.items():
        if isinstance(values, list) and len(values) > MOST_VALUES:
            raise BadArgument(
                name=name,
                given=f"{len(values)} values",
                reason=f"{MOST_VALUES} at most",
                reason_vi=f"nhiều nhất {MOST_VALUES} giá trị",
            )
    return Question(
        SearchQuery(
            text=text,
            province=known("provinces", "provinces", narrow.get("provinces") or []),
            old_province=known("oldProvinces", "old_provinces", narrow.get("old_provinces") or []),
            commune=known("communes", "communes", narrow.get("communes") or []),
            region=known("regions", "regions", narrow.get("regions") or []),
            star=_among("stars", narrow.get("stars"), 3, 5),
            branch=_among("branches", narrow.get("branches"), 1, 6),
            producer_kind=tuple(value(kind) for kind in narrow.get("producer_kinds") or ()),
            price_min=_price("priceMin", narrow.get("price_min")),
            price_max=_price("priceMax", narrow.get("price_max")),
            in_stock=bool(narrow.get("in_stock")),
            sort=value(sort),
            **more,
        )
    )


def check_length(text: str) -> None:
    """Raises BadArgument for what is too long to be typed."""
    if len(text) > LONGEST_TEXT:
        raise BadArgument(
            name="text",
            given=f"{text[:20]}…",
            reason=f"{LONGEST_TEXT} characters at most",
            reason_vi=f"nhiều nhất {LONGEST_TEXT} ký tự",
        )


def found(asked: Question, first: int, after: str | None, loaders: Loaders) -> Page:
    """A page of results, as far as `MAX_HITS`. Two questions to the database. Raises BadCursor."""
    start = position(asked.name, after)
    size = max(1, min(first, MAX_HITS - start))
    loaders.hurry()
    page = search(_at(asked.query, min(start, MAX_HITS), size))
    rows = _rows(page, adult=asked.query.adult) if start < MAX_HITS else []
    loaders.see(rows)
    edges = [Edge(row, cursor(asked.name, start + n)) for n, row in enumerate(rows, 1)]
    more = start + size < min(page.total, MAX_HITS)
    end = cursor(asked.name, start + size) if more else None  # rows may have gone since they were indexed
    if end and edges:
        edges[-1] = Edge(edges[-1].node, end)
    return Page(edges, more, start > 0, lambda: page.total, page, end)


def _values(facet: str, values: list[FacetRow]) -> list[FacetRow]:
    """Legal forms by the names of the enum."""
    return [replace(row, value=row.value.upper()) for row in values] if facet == "producer_kind" else values


def _at(query: SearchQuery, skip: int, size: int) -> SearchQuery:
    return replace(query, skip=skip, per_page=size)


def _rows(page: SearchPage, *, adult: bool) -> list[Any]:
    """Whole rows of the page's products, in its order; the gate is asked by the shelf and here."""
    wanted = [one.pk for one in page.products]
    rows = {row.pk: row for row in listed(adult=adult).filter(pk__in=wanted)} if wanted else {}
    return [rows[pk] for pk in wanted if pk in rows]


def _among(name: str, numbers: list[int] | None, low: int, high: int) -> tuple[int, ...]:
    for number in numbers or ():
        if not low <= number <= high:
            raise BadArgument(
                name=name, given=number, reason=f"it must be {low} to {high}", reason_vi=f"phải từ {low} đến {high}"
            )
    return tuple(numbers or ())


def _price(name: str, price: int | None) -> int | None:
    if price is not None and price < 0:
        raise BadArgument(name=name, given=price, reason="it must be 0 or more", reason_vi="phải từ 0 trở lên")
    return price
