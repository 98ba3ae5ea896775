"""The home page."""

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from catalog import clock
from catalog.certificates.services import shown
from catalog.products.models import Product
from catalog.products.sets import BRANCHES
from catalog.regions import REGIONS
from storefront.shop.cards import cards

SHELF = 8


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """GET /: the ways in, and two shelves."""
    listed = shown(clock.today())
    by_region, by_branch = _counts(listed, "region"), _counts(listed, "branch")
    return render(
        request,
        "shop/home.html",
        {
            "total": listed.count(),
            "producers": listed.values("producer").distinct().count(),
            "provinces": listed.values("province_code").distinct().count(),
            "regions": [(region, n) for region in REGIONS if (n := by_region.get(region.slug, 0))],
            "branches": [(branch, n) for branch in BRANCHES if (n := by_branch.get(branch.number, 0))],
            "best": cards(_shelf(listed.filter(star=5))),
            "newest": cards(_shelf(listed.filter(price_from__isnull=False, in_stock=True))),
        },
    )


def _counts(listed: QuerySet[Product], field: str) -> dict[object, int]:
    rows = listed.filter(~Q(**{field: None})).values_list(field).annotate(n=Count("pk")).order_by()
    return dict(rows)


def _shelf(listed: QuerySet[Product]) -> QuerySet[Product]:
    """The newest recognitions first; what can be bought before what cannot."""
    return listed.select_related("producer").order_by("-in_stock", "-listable_from", "code")[:SHELF]
