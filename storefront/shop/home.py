"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from catalog.combos import lists as combos
from catalog.livestreams import lists
from catalog.products.sets import BRANCHES
from catalog.regions import REGIONS
from catalog.search.query import SearchPage, SearchQuery
from catalog.search.services import search
from storefront.shop.cards import cards

SHELF, COMBOS = 8, 4


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """GET /: the ways in with how much lies behind each (without, while no engine answers), and two shelves."""
    everything = search(SearchQuery(per_page=1))
    by_region, by_branch = _counts(everything, "region"), _counts(everything, "branch")
    return render(
        request,
        "shop/home.html",
        {
            "combos": combos.for_home(COMBOS),
            "shows": lists.for_home(),
            "total": everything.total,
            "provinces": len(_counts(everything, "province")),
            "regions": [(one, n) for one in REGIONS if (n := by_region.get(one.slug)) or everything.plain],
            "branches": [(one, n) for one in BRANCHES if (n := by_branch.get(str(one.number))) or everything.plain],
            "best": cards(search(SearchQuery(star=(5,), per_page=SHELF, counted=False)).products),
            "newest": cards(search(SearchQuery(in_stock=True, sort="newest", per_page=SHELF, counted=False)).products),
        },
    )


def _counts(page: SearchPage, facet: str) -> dict[str, int]:
    return {one.value: one.count for one in page.facets.get(facet, ()) if one.count}
