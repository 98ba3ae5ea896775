"""The officer's livestreams: hosts who wait to be checked, one host, sessions with their reports, one with its log."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog import clock
from catalog.errors import ShopError
from catalog.livestreams import lists, overseeing, pins
from catalog.livestreams.lists import Listed
from catalog.livestreams.models import LiveHost, Livestream
from catalog.livestreams.states import CURRENT, State, in_state, in_states
from catalog.regions import province, provinces
from catalog.reports.models import OPEN_STATES
from ocop_sync.desk.access import for_officers

SHOWN, WAITING = 50, 50


@for_officers("GET")
def overview(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/truc-tiep/?trang-thai=&tinh=&trang=: hosts to check, then sessions, the latest first."""
    asked = {name: request.GET.get(name, "") for name in ("trang-thai", "tinh")}
    now = clock.now()
    pages = Paginator(_filtered(asked).order_by("-starts_at", "-pk"), SHOWN)
    page = pages.get_page(request.GET.get("trang"))
    waiting = LiveHost.objects.filter(approved_at=None).select_related("producer", "sale_point").order_by("asked_at")
    context = {
        "page": page,
        "rows": [Listed(one, now) for one in page.object_list],
        "waiting": [(host, province(host.owner.province_code).name) for host in waiting[:WAITING]],
        "asked": asked,
        "states": State.choices,
        "provinces": provinces(),
    }
    return render(request, "officer/livestreams.html", context)


@for_officers("GET", "POST")
def host(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /can-bo/truc-tiep/nguoi-phat/<pk>/: a host, its sessions and log. POST with `version` and `papers`: by what
    its identity was checked."""
    if request.method == "GET":
        return _host(request, pk)
    get_object_or_404(LiveHost, pk=pk)
    try:
        overseeing.approve(pk, request.user, _version(request), request.POST.get("papers", ""))  # type: ignore[arg-type]
    except ShopError as refusal:
        return _host(request, pk, refusal)
    messages.success(request, _("Đã ghi việc đối chiếu danh tính."))
    return redirect("officer_livestreams")


@for_officers("POST")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /can-bo/truc-tiep/nguoi-phat/<pk>/rut/ with `version` and `reason`, which the host and viewers read."""
    get_object_or_404(LiveHost, pk=pk)
    try:
        stopped = overseeing.withdraw(pk, request.user, _version(request), request.POST.get("reason", ""))  # type: ignore[arg-type]
    except ShopError as refusal:
        return _host(request, pk, refusal)
    messages.success(request, _("Đã rút việc đối chiếu. Số phiên bị dừng: {n}.").format(n=len(stopped)))
    return redirect("officer_live_host", pk)


@for_officers("GET")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """GET /can-bo/truc-tiep/<code>/: what the host said, who confirmed what, reports, log."""
    return _show(request, code)


@for_officers("POST")
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """POST /can-bo/truc-tiep/<code>/dung/ with `reason`, which viewers read."""
    get_object_or_404(Livestream, code=code)
    try:
        overseeing.stop(code, request.user, request.POST.get("reason", ""))  # type: ignore[arg-type]
    except ShopError as refusal:
        return _show(request, code, refusal)
    messages.success(request, _("Đã dừng phiên. Người xem thấy lý do trong vài giây."))
    return redirect("officer_livestream", code)


def _filtered(asked: dict[str, str]) -> QuerySet[Livestream]:
    known = asked["tinh"] if asked["tinh"] in {one.code for one in provinces()} else ""
    found = lists.asked(known).annotate(open_reports=Count("reports", filter=Q(reports__state__in=OPEN_STATES)))
    now = clock.now()
    if asked["trang-thai"] in State.values:
        return found.filter(in_state(State(asked["trang-thai"]), now))
    return found if asked["trang-thai"] == "tat-ca" else found.filter(in_states(CURRENT, now))


def _show(request: HttpRequest, code: str, error: ShopError | None = None) -> HttpResponse:
    found = lists.asked().select_related("confirmed_by", "host__approved_by").filter(code=code).first()
    if found is None:
        raise Http404
    listed = Listed(found, clock.now())
    context = {
        "session": found,
        "listed": listed,
        "place": province(listed.province_code).name,
        "can_stop": listed.state not in (State.DRAFT, State.CANCELLED, State.STOPPED),
        "pins": found.pins.select_related("product", "combo"),
        "shown": {pin.key for pin in pins.shown(found.pk, clock.today())},
        "reports": found.reports.order_by("-pk"),
        "events": found.events.select_related("by"),
        "typed": request.POST.get("reason", ""),
        "error": error.message(get_language() or "vi") if error else "",
    }
    return render(request, "officer/livestream.html", context, status=error.status if error else 200)


def _host(request: HttpRequest, pk: int, error: ShopError | None = None) -> HttpResponse:
    found = get_object_or_404(LiveHost.objects.select_related("producer", "sale_point", "approved_by"), pk=pk)
    now = clock.now()
    sessions = lists.asked().filter(host=found).order_by("-starts_at", "-pk")
    context = {
        "host": found,
        "place": province(found.owner.province_code).name,
        "current": sessions.filter(in_states(CURRENT, now)).count(),
        "rows": [Listed(one, now) for one in sessions[:SHOWN]],
        "events": found.events.select_related("by"),
        "typed": request.POST.get("papers", "") or request.POST.get("reason", ""),
        "error": error.message(get_language() or "vi") if error else "",
    }
    return render(request, "officer/live_host.html", context, status=error.status if error else 200)


def _version(request: HttpRequest) -> int:
    """The version that was seen; -1, which none has, for anything else."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
