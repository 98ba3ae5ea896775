"""The basket's page and the three ways to change it; all work without JavaScript."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from catalog.errors import ShopError
from storefront.basket import services
from storefront.basket.cookie import basket_of, remember
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
        basket = services.add(basket_of(request), reference, quantity)
    except ShopError as error:
        messages.error(request, error.message(get_language() or "vi"))
    else:
        remember(response, basket)
    return response


@require_POST
def update(request: HttpRequest) -> HttpResponse:
    """POST /gio-hang/sua/ with `offer` and `quantity`: the line has exactly that many pieces afterwards."""
    quantity = request.POST.get("quantity", "")
    return _change(request, lambda basket, offer: services.set_quantity(basket, offer, quantity))


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """POST /gio-hang/bo/ with `offer`."""
    return _change(request, services.remove)


def _change(request: HttpRequest, change: Callable[..., None]) -> HttpResponse:
    basket = basket_of(request)
    if basket is not None:
        try:
            change(basket, request.POST.get("offer", ""))
        except ShopError as error:
            messages.error(request, error.message(get_language() or "vi"))
    return redirect("basket")
