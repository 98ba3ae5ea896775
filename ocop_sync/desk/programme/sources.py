"""How the sources of the registry fare: their last runs, the last good one, what failed since."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from catalog.certificates.models import Source
from ocop_sync.runs.models import Run, RunState

RUNS = 3  # shown of every source
COUNTED = ("read", "listed", "lapsed", "held", "ignored", "withdrawn")
_FAILED = (RunState.FAILED, RunState.ABANDONED)


@dataclass(frozen=True, slots=True)
class SourceRun:
    """A run: when it ended (or began, while it is at work), the day it judged by, and its counts by `COUNTED`."""

    source: str
    at: datetime
    as_of: date
    state: str
    counts: tuple[int | None, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source: its last run that went well, and how many failed or wait for an officer since.

    `state` is the last run's, empty where there was none.
    """

    source: str
    good_at: datetime | None
    good_as_of: date | None
    state: str
    failed: int
    waiting: int


def last_runs() -> tuple[SourceRun, ...]:
    """The last runs of every source, by the source's name, the newest first."""
    place = Window(RowNumber(), partition_by=[F("source")], order_by=[F("pk").desc()])
    runs = Run.objects.annotate(place=place).filter(place__lte=RUNS).select_related("source")
    return tuple(
        SourceRun(
            run.source.name,
            run.finished_at or run.started_at,
            run.as_of,
            run.state,
            tuple(run.counts.get(name) for name in COUNTED),
            run.problem,
        )
        for run in runs.order_by("source__name", "-pk")
    )


def health() -> tuple[SourceHealth, ...]:
    """Every source, by name."""
    runs = Run.objects.filter(source=OuterRef("pk")).order_by("-pk")
    good = runs.filter(state=RunState.DONE)
    since = Q(runs__pk__gt=Coalesce(Subquery(good.values("pk")[:1]), 0))
    rows = Source.objects.annotate(
        good_at=Subquery(good.values(at=Coalesce("finished_at", "started_at"))[:1]),
        good_as_of=Subquery(good.values("as_of")[:1]),
        state=Coalesce(Subquery(runs.values("state")[:1]), Value("")),
        failed=Count("runs", filter=since & Q(runs__state__in=_FAILED)),
        waiting=Count("runs", filter=since & Q(runs__state=RunState.WAITING)),
    )
    names = ("name", "good_at", "good_as_of", "state", "failed", "waiting")
    return tuple(SourceHealth(*row) for row in rows.order_by("name").values_list(*names))
