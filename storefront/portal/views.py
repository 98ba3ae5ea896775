"""The cooperative's page. Another producer's product or order is a 404, as if it did not exist."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.combos.agreeing import waiting_for
from catalog.errors import ShopError
from catalog.offers.models import Offer
from catalog.products.models import Product
from catalog.warnings.advice import together, where_to_file
from storefront.orders.models import Order, OrderLine
from storefront.portal import services
from storefront.portal.forms import NewOfferForm, OfferForm

ORDERS_SHOWN = 50


@never_cache
@login_required
@require_GET
def products(request: HttpRequest) -> HttpResponse:
    """GET /hop-tac-xa/: my products, how their certificates stand, what they sell for."""
    producers = list(services.producers_of(request.user))
    if not producers:
        raise PermissionDenied
    rows = [services.row_of(product) for product in services.products_of(request.user)]
    endings = together(row.ending for row in rows if row.ending)
    context = {
        "producers": producers,
        "rows": rows,
        "endings": endings,
        "where": where_to_file(),
        "waiting_combos": len(waiting_for(request.user)),
    }
    return render(request, "portal/products.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def product(request: HttpRequest, code: str) -> HttpResponse:
    """GET and POST /hop-tac-xa/san-pham/<code>/: price and stock of each pack size, and a new one.

    POST: `offer` is the number of the pack size, or "new".
    """
    found = get_object_or_404(services.products_of(request.user), code=code)
    posted = request.POST.get("offer", "")
    status, error, forms = 200, "", _forms(found, request)
    form = forms.get(posted)
    if request.method == "POST":
        if form is None:
            raise Http404
        status = 422
        if form.is_valid():
            try:
                _save(found, posted, form)
            except ShopError as refusal:
                status, error = refusal.status, refusal.message(get_language() or "vi")
            else:
                messages.success(request, _("Đã lưu. Giá và tồn kho mới đang được bán."))
                return redirect("portal_product", found.code)
    offers = [(offer, forms[str(offer.number)]) for offer in found.offers.all()]
    context = {
        "row": services.row_of(found),
        "where": where_to_file(),
        "offers": offers,
        "new": forms["new"],
        "error": error,
        "posted": posted,
    }
    return render(request, "portal/product.html", context, status=status)


@never_cache
@login_required
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """GET /hop-tac-xa/don-hang/: my lines, order by order."""
    if not services.producers_of(request.user).exists():
        raise PermissionDenied
    mine: dict[Order, dict[object, OrderLine]] = {}
    for line in services.lines_of(request.user)[: ORDERS_SHOWN * 4]:
        lines = mine.setdefault(line.order, {})
        known = lines.setdefault((line.offer_id, line.box_id), line)
        if known is not line:  # pieces in a box whose price differs by a đồng: one row, which is never saved
            known.quantity, known.total = known.quantity + line.quantity, known.total + line.total
    orders = [(order, list(lines.values())) for order, lines in mine.items()][:ORDERS_SHOWN]
    context = {"orders": orders, "waiting_combos": len(waiting_for(request.user))}
    return render(request, "portal/orders.html", context)


@login_required
@require_POST
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /hop-tac-xa/don-hang/<pk>/da-gui/."""
    return _act(request, pk, services.mark_sent, _("Đã ghi: hàng đã gửi."))


@login_required
@require_POST
def delivered(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /hop-tac-xa/don-hang/<pk>/da-giao/."""
    return _act(request, pk, services.mark_delivered, _("Đã ghi: hàng đã giao, tiền đã thu."))


def _act(request: HttpRequest, pk: int, act: Callable[..., None], done: str) -> HttpResponse:
    line = services.lines_of(request.user).filter(order_id=pk).first()
    if line is None:
        raise Http404
    try:
        act(line.order, request.user)
    except ShopError as error:
        messages.error(request, error.message(get_language() or "vi"))
    else:
        messages.success(request, done)
    return redirect("portal_orders")


def _forms(found: Product, request: HttpRequest) -> dict[str, OfferForm]:
    """A form for each pack size by its number, and one named "new"; the posted one is bound."""
    posted = request.POST.get("offer") if request.method == "POST" else None
    forms: dict[str, OfferForm] = {}
    for offer in found.offers.all():
        key = str(offer.number)
        initial = {"price": offer.price, "stock": services.own_stock(offer)}
        forms[key] = OfferForm(request.POST if posted == key else None, initial=initial, prefix=f"o{key}")
    number = 1 + max((offer.number for offer in found.offers.all()), default=0)
    data = request.POST if posted == "new" else None
    forms["new"] = NewOfferForm(data, initial={"number": number}, prefix="new")
    return forms


def _save(found: Product, posted: str, form: OfferForm) -> None:
    data = form.cleaned_data
    if posted == "new":
        services.add_offer(
            found, data["number"], name=data["name"], weight=data["weight"], price=data["price"], stock=data["stock"]
        )
        return
    offer = Offer.objects.select_related("product__producer").get(product=found, number=int(posted))
    services.change_offer(offer, price=data["price"], stock=data["stock"])
