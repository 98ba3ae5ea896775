"""The sale-point desk. Whoever does not work at an order's point gets a 404, as if it did not exist."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from catalog import clock
from catalog.errors import ShopError
from storefront.desk import services
from storefront.orders.goods import goods_of
from storefront.orders.models import OPEN_STATES, Method, Order, State
from storefront.orders.stops import check_stops

CLOSED_SHOWN = 20


@never_cache
@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """GET /diem-ban/: my points' orders by state."""
    points = list(services.points_of(request.user))
    if not points:
        raise PermissionDenied
    orders = services.orders_of(request.user)
    context = {
        "points": points,
        "to_pick": orders.filter(state=State.PLACED).order_by("placed_at"),
        "ready": orders.filter(state__in=(State.READY, State.SENT, State.HANDING_OVER)).order_by("placed_at"),
        "closed": orders.filter(state__in=(State.HANDED_OVER, State.CANCELLING, State.CANCELLED))[:CLOSED_SHOWN],
    }
    return render(request, "desk/queue.html", context)


@never_cache
@login_required
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /diem-ban/don/<pk>/."""
    order = _order(request, pk)
    stopped = check_stops([order]) if order.state in OPEN_STATES else []
    goods, here = goods_of(order), set(services.points_of(request.user))
    boxes = [packed for packed in goods.boxes if packed.box.sale_point in here]
    loose = goods.loose if order.method == Method.PICKUP else ()  # the producers send those
    context = {"order": order, "loose": loose, "boxes": boxes, "stopped": stopped, "today": clock.today(),
               "unpacked": any(packed.box.packed_at is None for packed in goods.boxes)}  # fmt: skip
    return render(request, "desk/order.html", context)


@login_required
@require_POST
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /diem-ban/don/<pk>/soan/."""
    return _act(request, pk, lambda order: services.mark_picked(order, request.user), _("Đã ghi: hàng soạn xong."))


@login_required
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /diem-ban/don/<pk>/giao/ with `code`."""
    code = request.POST.get("code", "")[:20]
    done = _("Mã đúng. Đã ghi nhận thu tiền mặt và giao hàng.")
    return _act(request, pk, lambda order: services.hand_over(order, request.user, code), done)


@login_required
@require_POST
def take_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /diem-ban/don/<pk>/thu-tien/ with `code`: a gift for somebody else is paid before it is packed."""
    code = request.POST.get("code", "")[:20]
    done = _("Mã đúng. Đã ghi nhận thu tiền mặt; có thể xếp hộp.")
    return _act(request, pk, lambda order: services.take_payment(order, request.user, code), done)


def _act(request: HttpRequest, pk: int, act: Callable[[Order], None], done: str) -> HttpResponse:
    order = _order(request, pk)
    try:
        act(order)
    except ShopError as error:
        messages.error(request, error.message(get_language() or "vi"))
    else:
        messages.success(request, done)
    return redirect("desk_order", pk)


def _order(request: HttpRequest, pk: int) -> Order:
    return get_object_or_404(services.orders_of(request.user), pk=pk)
