"""The officer's page of sources: how each stands, sync one now, let a run pass that the guard stopped."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalog.errors import ShopError
from catalog.health.models import Sign
from catalog.people.models import User
from catalog.products.models import Product
from catalog.ui.formats import is_english
from ocop_sync.configured import services, standing
from ocop_sync.configured.crontab import in_words
from ocop_sync.desk.access import for_officers
from ocop_sync.runs import releasing
from ocop_sync.runs.models import Run, RunState

STATES = {  # label, colour of its tag
    standing.RUNNING: (gettext_lazy("Đang đồng bộ"), "good"),
    standing.WAITING: (gettext_lazy("Chờ cán bộ"), "stop"),
    standing.RETRYING: (gettext_lazy("Đang thử lại"), "warn"),
    standing.DUE: (gettext_lazy("Đến giờ"), ""),
    standing.WELL: (gettext_lazy("Tốt"), "good"),
    standing.NEW: (gettext_lazy("Chưa chạy"), ""),
    standing.REMOVED: (gettext_lazy("Không còn trong tệp"), ""),
}
KINDS = {
    "workbook": gettext_lazy("Sổ tính"),
    "table": gettext_lazy("Bảng CSV"),
    "feed": gettext_lazy("Dữ liệu trực tuyến (feed)"),
}


@for_officers("GET", "HEAD")
def overview(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/nguon/: the sources of the file, and the runs that wait."""
    return _overview(request)


@for_officers("POST")
def run(request: HttpRequest) -> HttpResponse:
    """POST /can-bo/nguon/chay/ with `nguon`: due at this moment; a worker begins within a minute."""
    name = request.POST.get("nguon", "")
    try:
        services.run_now(name)
    except ShopError as error:
        return _overview(request, error)
    messages.success(request, _("Nguồn {source} sẽ được đồng bộ ngay.").format(source=name))
    return redirect("officer_sources")


@for_officers("GET", "HEAD", "POST")
def let_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /can-bo/nguon/cho-qua/<pk>/: what a stopped run would take off the shelf; POST with `ly-do` lets it pass."""
    found = get_object_or_404(Run.objects.select_related("source", "release__by"), pk=pk, state=RunState.WAITING)
    if request.method != "POST":
        return _stopped(request, found)
    try:
        services.let_pass(pk, cast("User", request.user), request.POST.get("ly-do", ""))
    except ShopError as error:
        return _stopped(request, found, error)
    said = _("Đã cho qua. Lần chạy tới của nguồn {source}, nếu nội dung không đổi, sẽ được ghi.")
    messages.success(request, said.format(source=found.source.name))
    return redirect("officer_sources")


def _overview(request: HttpRequest, error: ShopError | None = None) -> HttpResponse:
    rows = standing.standing()
    sign = Sign.objects.filter(name=services.SIGN).first()
    context = {
        "rows": [(row, in_words(row.schedule), *STATES[row.state]) for row in rows],
        "kinds": KINDS,
        "run_states": dict(RunState.choices),
        "waiting": list(releasing.waiting()),
        "file_wrong": sign.detail.get("why_en" if is_english() else "why", "") if sign and not sign.ok else "",
        "error": error.message(get_language() or "vi") if error else "",
    }
    return render(request, "officer/sources.html", context, status=error.status if error else 200)


def _stopped(request: HttpRequest, found: Run, error: ShopError | None = None) -> HttpResponse:
    codes = found.guarded.get("codes", [])
    products = Product.objects.filter(code__in=codes).select_related("producer").order_by("name", "code")
    context = {
        "run": found,
        "products": products,
        "release": getattr(found, "release", None),
        "is_open": releasing.waiting().filter(pk=found.pk).exists(),
        "typed": request.POST.get("ly-do", ""),
        "error": error.message(get_language() or "vi") if error else "",
    }
    return render(request, "officer/stopped.html", context, status=error.status if error else 200)
