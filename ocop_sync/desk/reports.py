"""The officer's queue of reports about false labels, one report with its photos, and what can be done with it."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog import clock
from catalog.certificates.verify import Verification, verify
from catalog.errors import ShopError
from catalog.people.models import User
from catalog.regions import commune, province, provinces
from catalog.reports import deciding
from catalog.reports.models import OPEN_STATES, Done, Kind, Report, ReportPhoto, State, private_storage
from catalog.reports.services import written
from catalog.reports.tidying import KEPT_DAYS
from ocop_sync.desk.access import for_officers

SHOWN, ALIKE = 50, 10
AGES = (3, 7, 30)  # days


@for_officers("GET")
def queue(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/bao-cao/?trang-thai=&loai=&tinh=&tuoi=&trang=: reports, those that wait longest first."""
    asked = {name: request.GET.get(name, "") for name in ("trang-thai", "loai", "tinh", "tuoi")}
    found = _filtered(asked).annotate(shots=Count("photos")).select_related("product", "officer")
    order = ["-closed_at", "-pk"] if asked["trang-thai"] in _CLOSED else ["created_at", "pk"]
    page = Paginator(found.order_by(*order), SHOWN).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "asked": asked,
        "rest": _rest(request),
        "rows": [(report, _place(report)) for report in page.object_list],
        "states": State.choices,
        "kinds": Kind.choices,
        "provinces": provinces(),
        "ages": AGES,
    }
    return render(request, "officer/reports.html", context)


@for_officers("GET")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /can-bo/bao-cao/<pk>/."""
    return _show(request, pk)


@for_officers("GET")
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """GET /can-bo/bao-cao/anh/<pk>/: the only way to a photo."""
    found = get_object_or_404(ReportPhoto, pk=pk)
    try:
        response = FileResponse(private_storage().open(found.name), content_type="image/jpeg")
    except FileNotFoundError as error:  # deleted this minute
        raise Http404 from error
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@for_officers("POST")
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /can-bo/bao-cao/<pk>/lam/ with `version`, `action`, `reason` and what the action takes."""
    get_object_or_404(Report, pk=pk)
    action = _ACTIONS.get(request.POST.get("action", ""))
    if action is None:
        raise Http404
    try:
        action(pk, cast("User", request.user), _number(request.POST.get("version")), request.POST)
    except ShopError as error:
        return _show(request, pk, error)
    messages.success(request, _("Đã ghi vào nhật ký của phản ánh."))
    return redirect("officer_report", pk)


def _take(pk: int, officer: User, version: int, data: QueryDict) -> None:
    deciding.take_up(pk, officer, version, reason=data.get("reason", ""))


def _confirm(pk: int, officer: User, version: int, data: QueryDict) -> None:
    done = [one for one in Done if one in data.getlist("done")]
    deciding.confirm(pk, officer, version, done=done, answer=data.get("answer", ""), reason=data.get("reason", ""))


def _refuse(pk: int, officer: User, version: int, data: QueryDict) -> None:
    deciding.refuse(pk, officer, version, answer=data.get("answer", ""), reason=data.get("reason", ""))


def _duplicate(pk: int, officer: User, version: int, data: QueryDict) -> None:
    original = _number(data.get("original"))
    deciding.mark_duplicate(pk, officer, version, original=original, reason=data.get("reason", ""))


def _reopen(pk: int, officer: User, version: int, data: QueryDict) -> None:
    deciding.reopen(pk, officer, version, reason=data.get("reason", ""), lift=data.get("lift") == "1")


_ACTIONS: dict[str, Callable[[int, User, int, QueryDict], None]] = {
    "take": _take, "confirm": _confirm, "refuse": _refuse, "duplicate": _duplicate, "reopen": _reopen,
}  # fmt: skip
_CLOSED = (State.CONFIRMED, State.NOT_CONFIRMED, State.DUPLICATE)


def _show(request: HttpRequest, pk: int, error: ShopError | None = None) -> HttpResponse:
    """One report; after a refusal with what was typed and why it was not recorded."""
    report = get_object_or_404(
        Report.objects.select_related("product__producer", "officer", "duplicate_of", "livestream"), pk=pk
    )
    answer = verify(report.product.code) if report.product else None
    typed = request.POST if error else QueryDict()
    context = {
        "report": report,
        "reference": written(report.reference),
        "place": _place(report),
        "photos": report.photos.order_by("pk"),
        "kept_days": KEPT_DAYS,
        "answer": answer,
        "sentence": answer.sentence(get_language() or "vi") if isinstance(answer, Verification) else "",
        "suspends": deciding.suspends(report),
        "alike": _alike(report),
        "events": report.events.select_related("officer", "other"),
        "done": Done.choices,
        "mine": report.officer == request.user,
        "typed": typed,
        "ticked": typed.getlist("done"),
        "error": error.message(get_language() or "vi") if error else "",
    }
    return render(request, "officer/report.html", context, status=error.status if error else 200)


def _filtered(asked: dict[str, str]) -> QuerySet[Report]:
    found = Report.objects.all()
    state, age = asked["trang-thai"], asked["tuoi"]
    if state in State.values:
        found = found.filter(state=state)
    elif state != "tat-ca":
        found = found.filter(state__in=OPEN_STATES)
    if asked["loai"] in Kind.values:
        found = found.filter(kind=asked["loai"])
    if asked["tinh"] in {one.code for one in provinces()}:
        found = found.filter(province_code=asked["tinh"])
    if age.isdecimal() and int(age) in AGES:
        found = found.filter(created_at__lt=clock.now() - timedelta(days=int(age)))
    return found


def _rest(request: HttpRequest) -> str:
    """The question without its page, for the links to the other pages."""
    asked = request.GET.copy()
    asked.pop("trang", None)
    return asked.urlencode()


def _alike(report: Report) -> list[tuple[Report, str]]:
    """Other reports about the same product or code, and of the same place."""
    same = Q(pk__in=[])
    if report.product_id:
        same |= Q(product_id=report.product_id)
    elif report.code:
        same |= Q(code=report.code)
    if report.commune_code:
        same |= Q(commune_code=report.commune_code)
    if report.place:
        same |= Q(province_code=report.province_code, place__iexact=report.place)
    others = Report.objects.filter(same).exclude(pk=report.pk).order_by("-pk")[:ALIKE]
    return [(other, _place(other)) for other in others]


def _place(report: Report) -> str:
    """Free text, commune, province, as far as they are known."""
    names = [report.place]
    names += [commune(report.commune_code).name] if report.commune_code else []
    names += [province(report.province_code).name] if report.province_code else []
    return ", ".join(name for name in names if name)


def _number(text: str | None) -> int:
    """A whole number that was posted, -1 for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else -1
