"""Two short steps, both plain pages: how to receive the goods, then who receives them. No account, no JavaScript."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from catalog.errors import ShopError
from catalog.prepared import PreparedRows, Slot
from catalog.regions import province, provinces
from catalog.saleor.setup import SHIPPING
from storefront.basket.cookie import basket_of, key_of
from storefront.basket.models import Basket, BasketLine
from storefront.basket.services import BasketView, see
from storefront.checkout import consent
from storefront.checkout.errors import LinesRefused, OrderingPaused, PriceChanged
from storefront.checkout.forms import BuyerForm, DeliveryForm, PickupForm
from storefront.checkout.gifts import latest_day
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.checkout.services import place_order
from storefront.checkout.turnstile import Wait, turnstile
from storefront.checkout.ways import Ways, rate, ways_for
from storefront.orders.links import order_url
from storefront.orders.models import PAID_WITHIN

_OURS = ("csrfmiddlewaretoken", "ticket")
# Lines that ask for more than is left, and orders that were made: asked for by everybody in a crowd.
_SHORT = PreparedRows(
    lambda: (
        BasketLine.objects.filter(basket=Slot())
        .annotate(left=Coalesce(Sum(F("offer__stocks__quantity") - F("offer__stocks__reserved")), 0))
        .filter(quantity__gt=F("left"))
        .values_list("pk")
    )
)
_DONE = PreparedRows(
    lambda: CheckoutAttempt.objects.filter(basket=Slot(), revision=Slot(1), order__isnull=False).values_list("pk")
)


@never_cache
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """GET /dat-hang/: delivery to a province, or a sale point. `cach`, `tinh`, `diem` lead on to the next step."""
    view = see(basket_of(request))
    if not view.can_order:
        return redirect("basket")
    ways = ways_for(view)
    chosen = _chosen(request, ways)
    if chosen:
        return redirect(f"{reverse('checkout_details')}?{urlencode(chosen)}")
    if request.GET:
        messages.error(request, _("Xin chọn tỉnh, thành phố để giao hoặc một điểm bán để nhận hàng."))
    rates = {one.code: rate(view, one.code).price for one in provinces()}
    context = {"view": view, "ways": ways, "provinces": provinces(), "rates": rates, "chosen": request.GET}
    return render(request, "checkout/choose.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """GET and POST /dat-hang/thong-tin/?cach=…: the buyer's details, the sum, the order.

    202 with `Retry-After` where many press at once: see `storefront.checkout.turnstile`.
    """
    key = key_of(request) if request.method == "POST" else None
    if key is None:
        return _details(request)
    ticket = request.POST.get("ticket", "")
    if ticket and _is_gone(request, key):
        return render(request, "checkout/gone.html")
    with turnstile.turn(key, ticket) as wait:
        if wait is None:
            return _details(request)
    if not ticket and _is_gone(request, key):
        return render(request, "checkout/gone.html")
    return _wait(request, wait)


def _is_gone(request: HttpRequest, basket: int) -> bool:
    """Is there nothing left to wait for? Not what was ordered by another click."""
    revision = request.POST.get("revision", "")
    known = revision.isascii() and revision.isdigit() and len(revision) < 10
    return bool(known and _SHORT(basket) and not _DONE(basket, int(revision)))


def _wait(request: HttpRequest, wait: Wait) -> HttpResponse:
    """What was typed comes back with the ticket."""
    typed = [(name, value) for name, value in request.POST.items() if name not in _OURS]
    response = render(request, "checkout/wait.html", {"wait": wait, "typed": typed}, status=202)
    response["Retry-After"] = str(wait.seconds)
    return response


def _details(request: HttpRequest) -> HttpResponse:
    basket = basket_of(request)
    if request.method == "POST" and basket and (done := _already_ordered(basket, request)):
        return done
    view = see(basket)
    if basket is None or not view.can_order:
        return redirect("basket")
    ways = ways_for(view)
    chosen = _chosen(request, ways)
    if chosen is None:
        return redirect("checkout")
    shipping = rate(view, chosen["tinh"]).price if chosen["cach"] == "giao" else 0
    context = {"view": view, "chosen": chosen, "shipping": shipping, "total": view.subtotal + shipping,
               "error": "", "problems": {}, "paused": False}  # fmt: skip
    form = _form(request.POST or None, chosen, ways, view, context["total"])
    status = 200
    if form.is_bound and form.is_valid():
        try:
            return _order(request, basket, form)
        except ShopError as error:
            status = error.status
            context |= _explain(error, form, basket)
    elif form.is_bound:
        status = 422
    context |= {"form": form, "point": ways.point(chosen.get("diem", "")), "consent": consent.TEXT,
                "pay_at": next((box.box.packaging.sale_point for box in view.boxes if box.box), None),
                "pay_days": PAID_WITHIN.days,
                "province": province(chosen["tinh"]) if "tinh" in chosen else None}  # fmt: skip
    return render(request, "checkout/details.html", context, status=status)


@require_GET
def policies(request: HttpRequest) -> HttpResponse:
    """GET /chinh-sach/: delivery, inspection, return, refund, complaints."""
    return render(request, "checkout/policies.html", {"rates": SHIPPING})


def _chosen(request: HttpRequest, ways: Ways) -> dict[str, str] | None:
    way = request.GET.get("cach")
    if way == "nhan" and (point := ways.point(request.GET.get("diem", ""))):
        return {"cach": "nhan", "diem": point.slug}
    code = request.GET.get("tinh", "")
    if way == "giao" and not ways.no_delivery and code in {one.code for one in provinces()}:
        return {"cach": "giao", "tinh": code}
    return None


def _form(data: Any, chosen: dict[str, str], ways: Ways, view: BasketView, total: int) -> BuyerForm:
    assert view.basket is not None  # noqa: S101 - something of it can be ordered
    initial, latest = {"revision": view.basket.revision, "agreed_total": total}, latest_day(view)
    if chosen["cach"] == "nhan":
        point = ways.point(chosen["diem"])
        assert point is not None  # noqa: S101 - chosen from these ways
        return PickupForm(data, point=point, latest=latest, initial=initial)
    return DeliveryForm(data, province_code=chosen["tinh"], latest=latest, initial=initial)


def _already_ordered(basket: Basket, request: HttpRequest) -> HttpResponse | None:
    """The second click after the first was answered: its basket is empty by now, its order is there."""
    revision = request.POST.get("revision", "")
    if not (revision.isascii() and revision.isdigit()):
        return None
    attempt = basket.attempts.filter(revision=int(revision), state=AttemptState.DONE).first()
    return redirect(order_url(attempt.order)) if attempt and attempt.order else None


def _order(request: HttpRequest, basket: Basket, form: BuyerForm) -> HttpResponse:
    revision = form.cleaned_data["revision"]
    agreed = form.cleaned_data["agreed_total"]
    order = place_order(basket, revision=revision, form=form.record(), agreed_total=agreed)
    if order.attempt.revision != revision:
        messages.info(request, _("Đơn bạn gửi lúc trước đã được ghi nhận, đây là đơn đó. Giỏ hàng giữ phần còn lại."))
    return redirect(order_url(order))


def _explain(error: ShopError, form: BuyerForm, basket: Basket) -> dict[str, Any]:
    """What the page shows after a refusal: everything typed stays, the basket and the sum are today's."""
    basket.refresh_from_db()
    shown: dict[str, Any] = {
        "error": error.message(get_language() or "vi"),
        "problems": error.problems if isinstance(error, LinesRefused) else {},
        "paused": isinstance(error, OrderingPaused),
        "view": see(basket),
    }
    form.data = form.data.copy()  # type: ignore[union-attr]
    form.data["revision"] = str(basket.revision)
    if isinstance(error, PriceChanged):
        shown |= {"shipping": error.data["shipping"], "total": error.data["total"]}
        form.data["agreed_total"] = str(error.data["total"])
    return shown
