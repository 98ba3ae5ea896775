"""Celery's side of the sync."""

from celery import shared_task

from catalog import clock
from catalog.warnings.services import warn
from ocop_sync.runs.services import resume_dead_runs
from ocop_sync.sweep import sweep


@shared_task(name="ocop_sync.sweep")  # type: ignore[untyped-decorator, no-untyped-call]
def sweep_task() -> None:
    """At midnight (Asia/Ho_Chi_Minh), at a worker's start and every quarter of an hour.

    What began or ended, the runs that a killed process left behind, and what ends soon.
    """
    resume_dead_runs()
    sweep(clock.today())
    warn(clock.today())
