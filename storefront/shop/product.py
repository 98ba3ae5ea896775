"""A product's page, with the certificate behind its star; a producer's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from catalog import clock
from catalog.certificates.gate import listable
from catalog.certificates.services import is_listed, standing_of
from catalog.offers.models import Offer
from catalog.producers.models import Producer
from catalog.products.codes import read_code
from catalog.products.models import Product, Restriction
from catalog.products.sets import BRANCHES, PRODUCT_SETS
from catalog.regions import province
from storefront.basket.models import MAX_QUANTITY
from storefront.basket.services import objection
from storefront.shop.adult import declared
from storefront.shop.cards import cards, place_of
from storefront.shop.qr import verify_qr


@require_GET
def product(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """GET /san-pham/<slug>-<code>/: only what is listed today; another state is told by the verify page."""
    right = read_code(code)
    found = Product.objects.select_related("producer", "current").filter(code=right).first()
    if right is None or found is None:
        raise Http404
    if not is_listed(found):
        return redirect("verify_code", found.code)
    if (slug, code) != (found.slug, found.code):
        return redirect(found.get_absolute_url(), permanent=True)
    if found.adult_only and not declared(request):
        return render(request, "shop/adult.html", {"product": found}, status=200)
    return render(request, "shop/product.html", _context(found))


def _context(found: Product) -> dict[str, object]:
    offers = Offer.objects.filter(product=found, is_active=True).prefetch_related("stocks__warehouse__sale_point")
    siblings = Product.objects.filter(listable(clock.today()), producer=found.producer).exclude(pk=found.pk)
    return {
        "product": found,
        "proof": found.current,
        "standing": standing_of(found),
        "place": place_of(found),
        "province": province(found.province_code),
        "branch": next((branch for branch in BRANCHES if branch.number == found.branch), None),
        "set": PRODUCT_SETS[found.set_no - 1] if found.set_no else None,
        "offers": [_offer(offer) for offer in offers],
        "objection": next((text for offer in offers if (text := objection(offer))), ""),
        "qr": verify_qr(found.code),
        "is_health": found.restriction == Restriction.HEALTH,
        "is_live": found.restriction == Restriction.LIVE,
        "siblings": cards(siblings.select_related("producer").order_by("-in_stock", "code")[:4]),
    }


def _offer(offer: Offer) -> dict[str, object]:
    stocks = [stock for stock in offer.stocks.all() if stock.available]
    available = sum(stock.available for stock in stocks)
    points = [stock.warehouse.sale_point for stock in stocks if stock.warehouse.sale_point]
    return {"offer": offer, "available": min(available, MAX_QUANTITY), "few": 0 < available <= 5, "points": points}


@require_GET
def producer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """GET /chu-the/<slug>-<pk>/: who stands behind the products, and all that is listed today."""
    found = get_object_or_404(Producer, pk=pk)
    if slug != found.slug:
        return redirect(reverse("producer", args=[found.slug, found.pk]), permanent=True)
    listed = Product.objects.filter(listable(clock.today()), producer=found).select_related("producer")
    shown = [one for one in listed.order_by("-in_stock", "-star", "code") if declared(request) or not one.adult_only]
    names = found.names.exclude(name=found.name).order_by("-since")
    context = {"producer": found, "cards": cards(shown), "names": names, "province": province(found.province_code)}
    return render(request, "shop/producer.html", context)
