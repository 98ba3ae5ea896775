"""The desk's pages of a box: packed, sent, delivered; its label and its card. Another point's box is a 404."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from catalog.errors import ShopError
from storefront.desk import boxes
from storefront.orders.boxes import box_address, box_qr
from storefront.orders.goods import parts_of
from storefront.orders.models import OrderBox

DAY = "han-"  # and the offer: the day on its packages


@login_required
@require_POST
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /diem-ban/hop/<pk>/xep/ with `han-<offer>`: the best-before day of each part, as YYYY-MM-DD."""
    days = _days(request)
    return _act(request, pk, lambda box: boxes.pack(box, request.user, days), _("Đã xếp xong. In nhãn và thiệp được."))


@login_required
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /diem-ban/hop/<pk>/gui/."""
    return _act(request, pk, lambda box: boxes.send(box, request.user), _("Đã ghi: hộp quà đã gửi."))


@login_required
@require_POST
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /diem-ban/hop/<pk>/da-giao/."""
    return _act(request, pk, lambda box: boxes.deliver(box, request.user), _("Đã ghi: hộp quà đã giao."))


@never_cache
@login_required
@require_GET
def label(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /diem-ban/hop/<pk>/nhan/: the label and the card, to be printed; no price stands on either."""
    box = _box(request, pk)
    lines = box.lines.select_related("product__current", "producer", "offer__product")
    context = {"box": box, "order": box.order, "parts": parts_of(box, lines), "qr": box_qr(box),
               "address": box_address(box)}  # fmt: skip
    return render(request, "desk/label.html", context)


def _days(request: HttpRequest) -> dict[int, date]:
    """{offer: day}; what is no day was not read."""
    days = {}
    for name, value in request.POST.items():
        offer = name.removeprefix(DAY)
        if name.startswith(DAY) and offer.isascii() and offer.isdigit():
            try:
                days[int(offer)] = date.fromisoformat(value.strip())
            except ValueError:
                continue
    return days


def _act(request: HttpRequest, pk: int, act: Callable[[OrderBox], None], done: str) -> HttpResponse:
    box = _box(request, pk)
    try:
        act(box)
    except ShopError as error:
        messages.error(request, error.message(get_language() or "vi"))
    else:
        messages.success(request, done)
    return redirect("desk_order", box.order_id)


def _box(request: HttpRequest, pk: int) -> OrderBox:
    return get_object_or_404(boxes.boxes_of(request.user), pk=pk)
