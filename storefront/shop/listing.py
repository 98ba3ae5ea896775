"""Search and browse, with facets."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from catalog.combos import lists as combos
from catalog.search.query import SearchPage, SearchQuery
from catalog.search.services import search
from storefront.shop.adult import declared
from storefront.shop.cards import cards
from storefront.shop.places import UNLISTED, about, chips, formers, heading

# The address's names of the filters; Vietnamese and stable.
FACETS = {
    "star": ("sao", _("Hạng sao")),
    "region": ("vung", _("Vùng")),
    "province": ("tinh", _("Tỉnh, thành phố")),
    "branch": ("nhom", _("Nhóm sản phẩm")),
    "producer_kind": ("chu-the", _("Loại chủ thể")),
    "price": ("gia", _("Giá")),
    "in_stock": ("con-hang", _("Tình trạng")),
}
SORTS = {
    "relevance": _("Phù hợp nhất"),
    "price": _("Giá thấp đến cao"),
    "-price": _("Giá cao đến thấp"),
    "star": _("Nhiều sao trước"),
    "newest": _("Mới công nhận"),
    "name": _("Tên A–Z"),
}
MOST_PAGES = 400
COMBOS = 3


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """GET /tim/?q=&sao=&vung=&tinh=&tinh-cu=&xa=&nhom=&chu-the=&gia=&con-hang=&xep=&trang=."""
    query = read_query(request.GET, adult=declared(request))
    page = search(query)
    context = {
        "query": query,
        "page": page,
        "cards": cards(page.products),
        "combos": combos.named(query.text, COMBOS) if query.text and query.page == 1 else [],
        "facets": [(name, *FACETS[name], page.facets[name]) for name in FACETS if page.facets.get(name)],
        "sorts": SORTS,
        "sort": query.sort,
        "pages": _pages(request.GET, page),
        "removals": _removals(request.GET, page),
        "keep": [
            (k, v) for k, values in request.GET.lists() for v in values if k in ("q", "nguyen-van", "tu", *UNLISTED)
        ],
        "exact_link": _link(request.GET, {"nguyen-van": "1"}),
        "offered_link": _link(request.GET, {"q": page.offered}),
        "formers": formers(page),
        "adult": query.adult,
        "about": about(query, page),
        "heading": heading(query),
    }
    return render(request, "shop/listing.html", context)


def read_query(get: QueryDict, *, adult: bool) -> SearchQuery:
    """A query from an address; what it cannot mean is left out, never an error page."""
    low, high = _band(get.get("gia", ""))
    sort = get.get("xep", "relevance")
    return SearchQuery(
        text=get.get("q", "")[:120],
        province=tuple(get.getlist("tinh")),
        commune=tuple(get.getlist("xa")),
        old_province=tuple(get.getlist("tinh-cu")),
        region=tuple(get.getlist("vung")),
        star=tuple(int(value) for value in get.getlist("sao") if value in ("3", "4", "5")),
        branch=tuple(int(value) for value in get.getlist("nhom") if value in "123456" and len(value) == 1),
        producer_kind=tuple(get.getlist("chu-the")),
        price_min=low,
        price_max=high,
        in_stock=bool(get.get("con-hang")),
        adult=adult,
        sort=sort if sort in SORTS else "relevance",
        page=_page_number(get.get("trang", "1")),
        exact=bool(get.get("nguyen-van")),
        keep_words=get.get("tu") == "1",
    )


def _page_number(text: str) -> int:
    return min(max(int(text), 1), MOST_PAGES) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def _band(text: str) -> tuple[int | None, int | None]:
    """A price band "100000-200000" in đồng; either end may be missing."""
    low, dash, high = text.partition("-")
    if not dash or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (low, high) if part):
        return None, None
    return (int(low) if low else None), (int(high) if high else None)


def _link(get: QueryDict, change: dict[str, str | None]) -> str:
    """This list's address with some values changed (None takes one away), on the first page."""
    pairs = [(k, v) for k, values in get.lists() for v in values if v and k != "trang" and k not in change]
    return "?" + urlencode([*pairs, *((k, v) for k, v in change.items() if v)])


def _pages(get: QueryDict, page: SearchPage) -> list[tuple[int, str]]:
    near, here = {1, page.pages, *range(page.page - 2, page.page + 3)}, _link(get, {})
    return [(n, f"{here}{'&' if len(here) > 1 else ''}trang={n}") for n in sorted(near) if 1 <= n <= page.pages]


def _removals(get: QueryDict, page: SearchPage) -> list[tuple[str, str, str]]:
    """(label_vi, label_en, address without it) of each filter that is on, and of each place read from the words."""
    on = []
    for name, (key, _label) in FACETS.items():
        for value in page.facets.get(name, []):
            if value.selected:
                rest = [(k, v) for k, vs in get.lists() for v in vs if v and k != "trang"]
                rest = [
                    (k, v) for k, v in rest if not (k == key and (v == value.value or name in ("in_stock", "price")))
                ]
                on.append((value.label_vi, value.label_en, "?" + urlencode(rest)))
    for key, value, label_vi, label_en in chips(get):
        rest = [(k, v) for k, vs in get.lists() for v in vs if v and k != "trang" and (k, v) != (key, value)]
        on.append((label_vi, label_en, "?" + urlencode(rest)))
    return on + [(chip.label_vi, chip.label_en, _link(get, {"tu": "1"})) for chip in page.chips]
