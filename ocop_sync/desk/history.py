"""GET page for officers: everything that ever changed about one listing, and where it came from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from catalog.certificates.verify import verify
from catalog.history.services import history_of
from catalog.history.telling import tell
from catalog.products.models import Product
from ocop_sync.desk.access import for_officers

FACTS = {
    "name": _("Tên sản phẩm"),
    "producer": _("Chủ thể"),
    "province": _("Mã tỉnh"),
    "commune": _("Mã xã"),
    "star": _("Hạng sao"),
    "decision": _("Số quyết định"),
    "authority": _("Cơ quan ban hành"),
    "issued_on": _("Ngày quyết định"),
    "from": _("Hiệu lực từ"),
    "until": _("Hiệu lực đến"),
    "status": _("Tình trạng"),
    "blocked": _("Lý do không lên kệ"),
}


@for_officers("GET", "HEAD")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """GET /can-bo/lich-su/<code>/: the listing's rows, newest first, with every fact before and after."""
    product = get_object_or_404(Product.objects.select_related("producer"), code=code)
    context = {
        "product": product,
        "answer": verify(code),
        "told": tell(history_of(product)),
        "facts": FACTS,
        "records": product.source_records.select_related("source").order_by("source__name", "pk"),
    }
    return render(request, "officer/history.html", context)
