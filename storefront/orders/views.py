"""The buyer's page of an order, opened by its signed link and by nothing else."""

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from catalog.errors import ShopError
from storefront.orders import services
from storefront.orders.goods import goods_of
from storefront.orders.links import order_by
from storefront.orders.models import OPEN_STATES, Method, Order, State
from storefront.orders.pickup import pickup_code
from storefront.orders.steps import steps_of
from storefront.orders.stops import check_stops
from storefront.orders.times import certificate_of


@never_cache
@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """GET /don-hang/<token>/."""
    order = _order(token)
    stopped = check_stops([order]) if order.state in OPEN_STATES else []
    shows_code = order.is_open and not stopped and (order.method == Method.PICKUP or order.is_owed)
    code, goods = pickup_code(order) if shows_code else "", goods_of(order)
    context = {
        "order": order,
        "token": token,
        "goods": goods,
        "pay_at": goods.boxes[0].box.sale_point if order.is_owed and goods.boxes else None,
        "steps": steps_of(order),
        "stopped": stopped,
        "code": f"{code[:3]} {code[3:]}" if code else "",
        "qr": _qr(code) if code else "",
        "may_cancel": services.may_cancel(order),
        "certificate_of": certificate_of,
    }
    response = render(request, "orders/order.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """POST /don-hang/<token>/huy/."""
    order = _order(token)
    try:
        services.cancel(order)
    except ShopError as error:
        messages.error(request, error.message(get_language() or "vi"))
    else:
        if order.state == State.CANCELLING:
            messages.info(request, _("Đã nhận yêu cầu hủy. Hệ thống đặt hàng chưa trả lời; việc hủy sẽ tự hoàn tất."))
        else:
            messages.success(request, _("Đã hủy đơn hàng. Hàng được trả lại kệ."))
    return redirect("order", token)


def _order(token: str) -> Order:
    order = order_by(token)
    if order is None:
        raise Http404
    return order


def _qr(code: str) -> str:
    picture = segno.make(code, error="m", micro=False)
    return mark_safe(picture.svg_inline(scale=6, border=2, dark="#111", light="#fff", omitsize=True))  # noqa: S308 - digits only
