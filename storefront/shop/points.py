"""The sale points, by province."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from catalog.regions import province
from catalog.salepoints.models import SalePoint


@require_GET
def sale_points(request: HttpRequest) -> HttpResponse:
    """GET /diem-gioi-thieu/: where goods can be seen, bought and collected."""
    points = sorted(SalePoint.objects.filter(is_open=True), key=lambda p: (province(p.province_code).slug, p.name))
    grouped = [(province(code), list(many)) for code, many in groupby(points, key=lambda p: p.province_code)]
    return render(request, "shop/points.html", {"grouped": grouped})
