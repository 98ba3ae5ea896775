"""GET page for officers: everything that ever changed about one listing, and where it came from."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.certificates.models import Status
from catalog.certificates.provenance import provenance
from catalog.certificates.verify import verify
from catalog.history.models import ListingChange
from catalog.history.services import history_of
from catalog.history.telling import tell
from catalog.products.models import Product
from catalog.regions import commune, province
from catalog.ui.formats import ngay
from ocop_sync.desk.access import for_officers
from ocop_sync.desk.reasons import REASONS

FACTS = {
    "name": _("Tên sản phẩm"),
    "producer": _("Chủ thể"),
    "province": _("Tỉnh"),
    "commune": _("Xã"),
    "star": _("Hạng sao"),
    "decision": _("Số quyết định"),
    "authority": _("Cơ quan ban hành"),
    "issued_on": _("Ngày quyết định"),
    "from": _("Hiệu lực từ"),
    "until": _("Hiệu lực đến"),
    "status": _("Tình trạng"),
    "blocked": _("Lý do không lên kệ"),
}

BLOCKED = {  # reasons of the gate that are no reason codes of a record
    "unproved": _("Không nguồn nào chứng minh"),
    "policy": _("Chợ Sao tạm ngừng bán"),
    "no_recognition": _("Chưa có lần công nhận nào"),
    **REASONS,
}


@for_officers("GET", "HEAD")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """GET /can-bo/lich-su/<code>/: the listing's rows, newest first, with every fact before and after.

    Above them who tells each fact of today, and who says something else.
    """
    product = get_object_or_404(Product.objects.select_related("producer", "current"), code=code)
    context = {
        "product": product,
        "answer": verify(code),
        "told": [(one, _compared(one.change)) for one in tell(history_of(product))],
        "facts": provenance(product),
        "records": product.source_records.select_related("source").order_by("source__name", "pk"),
    }
    return render(request, "officer/history.html", context)


def _compared(change: ListingChange) -> list[tuple[str, str, str]]:
    """Label, before and after of every fact that differs."""
    pairs = ((name, change.changes[name]) for name in FACTS if name in change.changes)
    return [(str(FACTS[name]), _shown(name, before), _shown(name, after)) for name, (before, after) in pairs]


def _shown(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if name in ("issued_on", "from", "until"):
        return ngay(date.fromisoformat(value))
    if name == "status":
        return gettext(Status(value).label)
    if name in ("province", "commune"):
        return province(value).name if name == "province" else commune(value).name
    return str(BLOCKED.get(value, value)) if name == "blocked" else str(value)
