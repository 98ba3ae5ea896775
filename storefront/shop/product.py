"""A product's page, with the certificate behind its star; a producer's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from catalog import shelf
from catalog.certificates.services import is_listed, standing_of
from catalog.combos import lists as combos
from catalog.livestreams import lists
from catalog.offers.models import Offer, OfferStock
from catalog.offers.selling import objection
from catalog.prepared import Prepared, Slot
from catalog.producers.models import Producer
from catalog.products.codes import read_code
from catalog.products.models import Product, Restriction
from catalog.products.sets import BRANCHES, PRODUCT_SETS
from catalog.regions import province
from catalog.shelf import OnShelf
from storefront.basket.models import MAX_QUANTITY
from storefront.livestreams import attribution
from storefront.shop.adult import ask, declared
from storefront.shop.cards import cards, place_of

SIBLINGS = 4
COMBOS = 3
_PRODUCT = Prepared(lambda: Product.objects.filter(code=Slot()), "producer", "current")
_OFFERS = Prepared(lambda: Offer.objects.filter(product_id=Slot(), is_active=True))
_STOCKS = Prepared(
    lambda: OfferStock.objects.filter(offer__product_id=Slot(), offer__is_active=True).order_by("pk"),
    "warehouse",
    "warehouse__sale_point",
)


@require_GET
def product(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """GET /san-pham/<slug>-<code>/?phien=: only what is listed today; another state is told by the verify page.

    `phien`: the code of a livestream that this product is pinned to; what is bought comes from it.
    """
    right = read_code(code)
    found = next(iter(_PRODUCT(right)), None)
    if found is None:
        raise Http404
    if not is_listed(found):
        return redirect("verify_code", found.code)
    if (slug, code) != (found.slug, found.code):
        return redirect(found.get_absolute_url(), permanent=True)
    if found.adult_only and not declared(request):
        return ask(request, request.get_full_path())
    context = _context(request, found)
    session = attribution.followed(request)
    if session is None or not session.pins.filter(product=found).exists():
        return render(request, "shop/product.html", context)
    response = render(request, "shop/product.html", {**context, "visit": session.code})
    attribution.carry(request, response, session)
    return response


def _context(request: HttpRequest, found: Product) -> dict[str, object]:
    offers, stocks = _OFFERS(found.pk), _STOCKS(found.pk)
    for offer in offers:
        offer.product = found
    siblings = [one for one in _shelf(request, found.producer) if one.pk != found.pk]
    return {
        "product": found,
        "proof": found.current,
        "standing": standing_of(found),
        "place": place_of(found),
        "province": province(found.province_code),
        "branch": next((branch for branch in BRANCHES if branch.number == found.branch), None),
        "set": PRODUCT_SETS[found.set_no - 1] if found.set_no else None,
        "offers": [_offer(offer, [one for one in stocks if one.offer_id == offer.pk]) for offer in offers],
        "objection": next((text for offer in offers if (text := objection(offer))), ""),
        "is_health": found.restriction == Restriction.HEALTH,
        "is_live": found.restriction == Restriction.LIVE,
        "combos": combos.with_product(found.pk, COMBOS) if offers and not found.restriction else [],
        "siblings": cards(siblings[:SIBLINGS]),
        "show": lists.showing(found.pk) if offers and not found.restriction else None,
    }


def _offer(offer: Offer, stocks: list[OfferStock]) -> dict[str, object]:
    available = sum(stock.available for stock in stocks)
    points = [stock.warehouse.sale_point for stock in stocks if stock.available and stock.warehouse.sale_point]
    return {"offer": offer, "available": min(available, MAX_QUANTITY), "few": 0 < available <= 5, "points": points}


@require_GET
def producer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """GET /chu-the/<slug>-<pk>/: who stands behind the products, and all that is listed today."""
    found = get_object_or_404(Producer, pk=pk)
    if slug != found.slug:
        return redirect(reverse("producer", args=[found.slug, found.pk]), permanent=True)
    names = found.names.exclude(name=found.name).order_by("-since")
    context = {
        "producer": found,
        "cards": cards(_shelf(request, found)),
        "combos": combos.of_producer(found.pk, COMBOS),
        "shows": lists.of_producer(found.pk),
        "names": names,
        "province": province(found.province_code),
    }
    return render(request, "shop/producer.html", context)


def _shelf(request: HttpRequest, producer: Producer) -> list[OnShelf]:
    return shelf.of_producer(producer.pk, adult=declared(request))
