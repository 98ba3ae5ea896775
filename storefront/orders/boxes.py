"""A box's public page: what is in it and how every certificate stands. Who bought it is nobody's business."""

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from catalog import clock
from catalog.certificates.services import standing_of
from storefront.orders.goods import parts_of
from storefront.orders.models import OrderBox, State
from storefront.orders.times import sold_under

GONE = (State.CANCELLING, State.CANCELLED)  # nobody packs it


@never_cache
@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """GET /hop/<code>/: the code stands on the box, tells nothing and cannot be guessed."""
    box = OrderBox.objects.select_related("sale_point").filter(code=code).exclude(order__state__in=GONE).first()
    if box is None:
        raise Http404
    lines = box.lines.select_related("product__current", "producer", "recognition")
    today = clock.today()
    rows = [(part, standing_of(part.line.product, today)) for part in parts_of(box, lines)]
    context = {"box": box, "rows": rows, "today": today, "sold_under": sold_under}
    response = render(request, "orders/box.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def box_address(box: OrderBox) -> str:
    """What its QR code says."""
    return f"{settings.PUBLIC_URL}/hop/{box.code}/"


def box_qr(box: OrderBox) -> str:
    """The QR code as an SVG within a page."""
    picture = segno.make(box_address(box), error="m", micro=False)
    return mark_safe(picture.svg_inline(scale=4, border=2, dark="#111", light="#fff", omitsize=True))  # noqa: S308 - an address of ours
