"""The officer's queue of held records, one record with its row beside the reading, and what can be decided."""

from collections import defaultdict
from tempfile import TemporaryFile
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog import clock
from catalog.certificates.models import Source, SourceRecord
from catalog.errors import ShopError
from catalog.people.models import User
from catalog.regions import provinces
from catalog.reports.models import private_storage
from ocop_sync.decide import LAPSING
from ocop_sync.desk.access import for_officers
from ocop_sync.desk.reasons import REASONS
from ocop_sync.held import listing, reading
from ocop_sync.held.deeds import Deed
from ocop_sync.held.evidence import IMAGES, KINDS
from ocop_sync.held.export import write_workbook
from ocop_sync.held.models import Action, Evidence, Ruling
from ocop_sync.held.rulings import REJECTED, WAIVABLE
from ocop_sync.held.services import MOST, Told, decide_on, last_rulings, version_of
from ocop_sync.held.words import OUTCOMES, cell_in_words

SHOWN, NAMED = 50, 3
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Codes = list[tuple[str, str]]


@for_officers("GET", "HEAD")
def queue(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/giu-lai/?ly-do=&nguon=&tinh=&tuoi=&trang-thai=&trang=&chon=het: those held longest first."""
    return _queue(request)


@for_officers("POST")
def act_on_many(request: HttpRequest) -> HttpResponse:
    """POST /can-bo/giu-lai/lam/?…: one deed on all records that are ticked (`seen`: number:version)."""
    try:
        told = _decide(request, request.POST.getlist("seen"))
    except ShopError as error:
        return _queue(request, error)
    _tell(request, told)
    return redirect(f"{reverse('officer_held')}?{_rest(request)}")


@for_officers("GET")
def export(request: HttpRequest) -> HttpResponseBase:
    """GET /can-bo/giu-lai/xuat/?…: what the same filters find, as a workbook."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        write_workbook(listing.find(listing.asked_of(request.GET.dict())), file)
    except ShopError as error:
        file.close()
        return _queue(request, error)
    file.seek(0)
    name = f"ho-so-{clock.today():%Y-%m-%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=WORKBOOK)


@for_officers("GET", "HEAD")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /can-bo/giu-lai/<pk>/."""
    return _show(request, pk)


@for_officers("POST")
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /can-bo/giu-lai/<pk>/lam/ with `version`, `action`, `why` and what the action takes."""
    record = get_object_or_404(SourceRecord, pk=pk)
    try:
        told = _decide(request, [f"{record.pk}:{request.POST.get('version', '')}"])
        if told.refused:
            raise told.refused[0][1]
    except ShopError as error:
        return _show(request, pk, error)
    record.refresh_from_db()
    last = last_rulings([record]).get(record.pk)
    held = ", ".join(text for _code, text in _codes(record))
    if listing.state_of(record, last) == "cho" and last and last.in_force:
        messages.warning(request, _("Đã ghi, nhưng hồ sơ vẫn bị giữ vì: {reasons}.").format(reasons=held))
    else:
        messages.success(request, _("Đã ghi vào nhật ký của hồ sơ; có hiệu lực ngay."))
    return redirect("officer_held_record", pk)


@for_officers("GET")
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """GET /can-bo/giu-lai/bang-chung/<pk>/: the only way to a file; what is no picture is handed over, never shown."""
    found = get_object_or_404(Evidence, pk=pk)
    try:
        file = private_storage().open(found.name)
    except FileNotFoundError as error:
        raise Http404 from error
    name, as_attachment = f"{found.pk}.{found.kind}", found.kind not in IMAGES
    response = FileResponse(file, content_type=KINDS[found.kind], filename=name, as_attachment=as_attachment)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _decide(request: HttpRequest, chosen: list[str]) -> Told:
    """Raises what `decide_on` raises; Http404 for an action that is none."""
    data = request.POST
    if data.get("action") not in Action.values:
        raise Http404
    seen = {}
    for one in chosen:
        pk, _colon, version = one.partition(":")
        if pk.isdecimal() and len(pk) < 16:
            seen[int(pk)] = version
    cells = {name[2:]: text for name, text in data.items() if name.startswith("o.") and isinstance(text, str)}
    if not data.get("version"):  # one form for many records: what is left empty stays as it is
        cells = {name: text for name, text in cells.items() if text.strip()}
    deed = Deed(Action(data["action"]), data.get("why", ""), cells, data.get("product", ""), data.get("link", ""))
    return decide_on(cast("User", request.user), seen, deed, request.FILES.get("file"))


def _tell(request: HttpRequest, told: Told) -> None:
    """How many are decided; of the others why not, the first few by name."""
    if count := len(told.done):
        text = ngettext("Đã ghi quyết định cho {n} hồ sơ.", "Đã ghi quyết định cho {n} hồ sơ.", count)
        messages.success(request, text.format(n=count))
    alike: dict[str, list[str]] = defaultdict(list)
    for record, error in told.refused:
        alike[error.message(get_language() or "vi")].append(record.product_name or record.key)
    for why, names in alike.items():
        named = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
        messages.error(request, _("{n} hồ sơ chưa ghi ({names}): {why}").format(n=len(names), names=named, why=why))


def _queue(request: HttpRequest, error: ShopError | None = None) -> HttpResponse:
    asked = listing.asked_of(request.GET.dict())
    page = Paginator(listing.find(asked).select_related("source", "product"), SHOWN).get_page(request.GET.get("trang"))
    records = list(page.object_list)
    last = last_rulings(records)
    ticked = request.POST.getlist("seen") if error else []
    rows = [_row(record, last.get(record.pk)) for record in records]
    context = {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "rows": rows,
        "asked": asked,
        "rest": _rest(request),
        "sources": Source.objects.order_by("name"),
        "reasons": REASONS,
        "provinces": provinces(),
        "ages": listing.AGES,
        "states": listing.STATES,
        "ticked": {one.partition(":")[0] for one in ticked},
        "all": request.GET.get("chon") == "het",
        "typed": request.POST if error else QueryDict(),
        "error": error.message(get_language() or "vi") if error else "",
        "most": MOST,
    }
    return render(request, "officer/held.html", context, status=error.status if error else 200)


def _row(record: SourceRecord, last: Ruling | None) -> dict[str, object]:
    return {
        "record": record,
        "version": version_of(record, last),
        "codes": _codes(record),
        "place": reading.place_in_words(record.province_code, record.commune_code),
        "shown": reading.show(record, last, clock.today()),
        "last": last if last and last.in_force else None,
        "state": listing.state_of(record, last),
        "outcome": OUTCOMES[record.outcome],
    }


def _show(request: HttpRequest, pk: int, error: ShopError | None = None) -> HttpResponse:
    """One record; after a refusal with what was typed and why it was not recorded."""
    record = get_object_or_404(SourceRecord.objects.select_related("source", "product"), pk=pk)
    last = last_rulings([record]).get(record.pk)
    typed = request.POST if error else QueryDict()
    codes = set(record.reasons) - LAPSING - {REJECTED}
    context = {
        **_row(record, last),
        "cells": reading.cells_of(record, last),
        "others": [(one, _codes(one), OUTCOMES[one.outcome]) for one in reading.others_about(record)],
        "rulings": [(one, _corrections(one), in_force) for one, in_force in reading.rulings_on(record)],
        "acceptable": bool(codes) and codes <= WAIVABLE,
        "stuck": [text for code, text in _codes(record) if code in codes - WAIVABLE],
        "states": listing.STATES,
        "typed": typed,
        "error": error.message(get_language() or "vi") if error else "",
    }
    return render(request, "officer/held_record.html", context, status=error.status if error else 200)


def _corrections(ruling: Ruling) -> list[tuple[str, str]]:
    return [(cell_in_words(name), text) for name, text in sorted(ruling.cells.items())]


def _codes(record: SourceRecord) -> Codes:
    return [(code, str(REASONS.get(code, code))) for code in record.reasons]


def _rest(request: HttpRequest) -> str:
    """The question without its page, for the links to the other pages."""
    asked = request.GET.copy()
    for name in ("trang", "chon"):
        asked.pop(name, None)
    return asked.urlencode()
