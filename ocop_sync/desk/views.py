"""GET pages for officers; everybody else finds nothing here (404)."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.combos.models import Combo
from catalog.combos.states import State, in_state
from catalog.reports.services import open_count
from ocop_sync.desk.access import for_officers
from ocop_sync.desk.health import PROBLEMS, RECONCILIATIONS, STATES, TOPICS
from ocop_sync.desk.health import health as read_health
from ocop_sync.desk.reasons import REASONS
from ocop_sync.desk.warnings import near_count
from ocop_sync.held.listing import asked_of, find
from ocop_sync.runs.models import Run, RunState

RUNS = 30


@for_officers("GET", "HEAD")
def overview(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/: the newest runs, and how many records of each reason wait for a decision."""
    held = find(asked_of({}))
    tally = Counter(code for reasons in held.values_list("reasons", flat=True) for code in reasons)
    context = {
        "runs": Run.objects.select_related("source")[:RUNS],
        "held": held.count(),
        "open_reports": open_count(),
        "near_end": near_count(),
        "combos": Combo.objects.filter(in_state(State.PROPOSED)).count(),
        "reasons": [(code, REASONS.get(code, code), count) for code, count in tally.most_common()],
    }
    return render(request, "officer/overview.html", context)


@for_officers("GET", "HEAD")
def health(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/suc-khoe/: Saleor, webhooks, what waits, the index, reconciliations, sources."""
    found = read_health()
    context = {
        "found": found,
        "engine_states": STATES,
        "problems": [PROBLEMS[name] for name in found.problems],
        "topics": TOPICS,
        "reconciliations": {name: label for name, (label, _) in RECONCILIATIONS.items()},
        "states": dict(RunState.choices),
    }
    return render(request, "officer/health.html", context)
