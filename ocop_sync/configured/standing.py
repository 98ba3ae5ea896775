"""How each source stands: for the officer's page and `./chosao sources`. Asks our own database alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from catalog import clock
from ocop_sync.configured.models import SourceSchedule
from ocop_sync.runs import releasing
from ocop_sync.runs.models import Release, Run, RunState

RUNNING, WAITING, RETRYING, DUE, WELL, NEW, REMOVED = (
    "running", "waiting", "retrying", "due", "well", "new", "removed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """One source of the file. `run`: its newest run; `waiting`: the run that an officer can let pass; `released`: the
    release that its next run may use."""

    name: str
    kind: str
    address: str
    schedule: str
    state: str
    run: Run | None
    run_at: datetime | None
    good_at: datetime | None
    next_at: datetime | None
    problem: str
    waiting: Run | None
    released: Release | None


def standing() -> list[Standing]:
    """Every source that the file names or named, by name; a fixed number of queries."""
    rows = list(SourceSchedule.objects.order_by("-is_configured", "name"))
    newest = _runs(rows, Run.objects.all())
    good = _runs(rows, Run.objects.filter(state=RunState.DONE))
    waiting = {run.source.name: run for run in releasing.waiting()}
    return [_of(row, newest.get(row.name), good.get(row.name), waiting.get(row.name)) for row in rows]


def _runs(rows: Iterable[SourceSchedule], runs: QuerySet[Run]) -> dict[str, Run]:
    """The newest of these runs, by the source's name."""
    names = [row.name for row in rows]
    last = runs.filter(source__name__in=names).order_by().values("source").annotate(last=Max("pk")).values("last")
    return {run.source.name: run for run in Run.objects.filter(pk__in=last).select_related("source", "release__by")}


def _of(row: SourceSchedule, run: Run | None, good: Run | None, waiting: Run | None) -> Standing:
    now, release = clock.now(), getattr(run, "release", None)
    good_at = max((at for at in (row.good_at, good.finished_at if good else None) if at), default=None)
    state = _state(row, good_at, now)
    return Standing(
        name=row.name, kind=row.kind, address=row.address, schedule=row.schedule, state=state, run=run,
        run_at=(run.finished_at or run.started_at) if run else None, good_at=good_at,
        next_at=max(row.available_at, now) if row.is_configured and state != RUNNING else None,
        problem=row.last_error, waiting=waiting, released=release if release and release.used_by_id is None else None,
    )  # fmt: skip


def _state(row: SourceSchedule, good_at: datetime | None, now: datetime) -> str:
    if row.leased_until and row.leased_until >= now:
        return RUNNING
    if not row.is_configured:
        return REMOVED
    if row.needs_officer:
        return WAITING
    if row.last_error:
        return RETRYING
    if row.available_at <= now:
        return DUE
    return WELL if good_at else NEW
