"""The basket's page and the ways to change it; all work without JavaScript."""

from collections.abc import Callable
from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from catalog.combos.errors import BadChoice
from catalog.combos.models import Combo
from catalog.errors import ShopError
from catalog.products.codes import read_code
from catalog.quota.services import address_of
from storefront.basket import boxes, services
from storefront.basket.cookie import basket_of, remember
from storefront.basket.models import Basket
from storefront.basket.reading import chosen_address, read_choice
from storefront.livestreams import attribution, vouchers
from storefront.orders.links import orders_of


@never_cache
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """GET /gio-hang/."""
    basket = basket_of(request)
    context = {"view": services.see(basket), "orders": orders_of(basket) if basket else []}
    return render(request, "basket/basket.html", context)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """POST /gio-hang/them/ with `offer` (external reference) and `quantity` (1 when absent)."""
    reference, quantity = request.POST.get("offer", ""), request.POST.get("quantity", "1")
    response = redirect("basket")
    try:
        touch = attribution.touch_of(request)
        basket = services.add(basket_of(request), reference, quantity, touch.code)
        if touch.voucher:
            with suppress(ShopError):  # a link may be older than its voucher
                vouchers.enter(basket, touch.voucher)
    except ShopError as error:
        messages.error(request, error.message(get_language() or "vi"))
    else:
        remember(response, basket)
    return response


@require_POST
def add_box(request: HttpRequest) -> HttpResponse:
    """POST /gio-hang/them-hop/ with `combo` or, for a box of one's own, `packaging` (their codes), `quantity`, and
    `pieces-<offer reference>` for each part that was chosen; `phien` where a livestream's page sells it.

    What cannot be put in goes back to the combo's page.
    """
    combo, quantity = request.POST.get("combo", ""), request.POST.get("quantity", "1")
    response = redirect("basket")
    try:
        basket, choice = basket_of(request), read_choice(request.POST)
        if combo:
            session = read_code(request.POST.get(attribution.LINK, "")[:20]) or attribution.touch_of(request).code
            basket = boxes.add_combo(basket, combo, choice, quantity, session)
        else:
            basket = boxes.add_own(basket, request.POST.get("packaging", ""), choice, quantity)
    except ShopError as error:
        return _back_to(request, error)
    remember(response, basket)
    return response


@require_POST
def enter_voucher(request: HttpRequest) -> HttpResponse:
    """POST /gio-hang/ma/ with `ma`: the code that was said in a livestream."""
    basket = basket_of(request)
    if basket is not None:
        try:
            voucher = vouchers.try_code(basket, request.POST.get("ma", "")[:40], address_of(request))
        except ShopError as error:
            messages.error(request, error.message(get_language() or "vi"))
        else:
            messages.success(request, _("Đã nhận mã {code}.").format(code=voucher.spoken))
    return redirect("basket")


@require_POST
def update(request: HttpRequest) -> HttpResponse:
    """POST /gio-hang/sua/ with `offer` or `box`, and `quantity`: there are exactly that many afterwards."""
    quantity = request.POST.get("quantity", "")
    return _change(
        request,
        lambda basket, offer: services.set_quantity(basket, offer, quantity),
        lambda basket, box: boxes.set_boxes(basket, box, quantity),
    )


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """POST /gio-hang/bo/ with `offer` or `box`."""
    return _change(request, services.remove, boxes.remove_boxes)


def _back_to(request: HttpRequest, error: ShopError) -> HttpResponse:
    """To the combo's page, with what was typed: it tells what does not fit; else to the basket, with a word."""
    combo = Combo.objects.filter(code=read_code(request.POST.get("combo", "")), approved_at__isnull=False).first()
    if combo is None or not isinstance(error, BadChoice):
        messages.error(request, error.message(get_language() or "vi"))
    return redirect(chosen_address(combo, request.POST) if combo else "basket")


def _change(
    request: HttpRequest, loose: Callable[[Basket, str], None], boxed: Callable[[Basket, str], None]
) -> HttpResponse:
    basket, box = basket_of(request), request.POST.get("box", "")
    if basket is not None:
        try:
            if box:
                boxed(basket, box)
            else:
                loose(basket, request.POST.get("offer", ""))
        except ShopError as error:
            messages.error(request, error.message(get_language() or "vi"))
    return redirect("basket")
