"""GET pages for officers; everybody else finds nothing here (404)."""

import json
from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.certificates.models import Outcome, Source, SourceRecord
from catalog.reports.services import open_count
from ocop_sync.desk.access import for_officers
from ocop_sync.desk.health import PROBLEMS, RECONCILIATIONS, TOPICS
from ocop_sync.desk.health import health as read_health
from ocop_sync.desk.reasons import REASONS
from ocop_sync.desk.warnings import near_count
from ocop_sync.runs.models import Run, RunState

RUNS, RECORDS = 30, 50


@for_officers("GET", "HEAD")
def overview(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/: the newest runs, and how many records of each reason are held today."""
    held = SourceRecord.objects.filter(present=True, outcome=Outcome.HELD)
    tally = Counter(code for reasons in held.values_list("reasons", flat=True) for code in reasons)
    context = {
        "runs": Run.objects.select_related("source")[:RUNS],
        "held": held.count(),
        "open_reports": open_count(),
        "near_end": near_count(),
        "reasons": [(code, REASONS.get(code, code), count) for code, count in tally.most_common()],
    }
    return render(request, "officer/overview.html", context)


@for_officers("GET", "HEAD")
def held(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/giu-lai/?ly-do=&nguon=&trang=: held records with their reasons and the row as it was read."""
    source, reason = request.GET.get("nguon", ""), request.GET.get("ly-do", "")
    records = SourceRecord.objects.filter(present=True, outcome=Outcome.HELD).select_related("source", "product")
    if source:
        records = records.filter(source__name=source)
    told = records.order_by("source__name", "row", "pk").values_list("pk", "reasons")
    chosen = [pk for pk, reasons in told if not reason or reason in reasons]
    page = Paginator(chosen, RECORDS).get_page(request.GET.get("trang"))
    shown = records.filter(pk__in=list(page.object_list)).order_by("source__name", "row", "pk")
    context = {
        "rows": [(r, [(c, REASONS.get(c, c)) for c in r.reasons], _raw(r)) for r in shown],
        "page": page,
        "source": source,
        "reason": reason,
        "sources": Source.objects.order_by("name"),
        "reasons": REASONS,
    }
    return render(request, "officer/held.html", context)


@for_officers("GET", "HEAD")
def health(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/suc-khoe/: Saleor, webhooks, what waits, the index, reconciliations, sources."""
    found = read_health()
    context = {
        "found": found,
        "problems": [PROBLEMS[name] for name in found.problems],
        "topics": TOPICS,
        "reconciliations": {name: label for name, (label, _) in RECONCILIATIONS.items()},
        "states": dict(RunState.choices),
    }
    return render(request, "officer/health.html", context)


def _raw(record: SourceRecord) -> str:
    """The allow-listed columns as they stood in the source."""
    return json.dumps(record.columns, ensure_ascii=False, indent=2)
