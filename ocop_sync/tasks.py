"""Celery's side of the sync."""

from celery import shared_task

from catalog import clock
from ocop_sync.runs.services import resume_dead_runs
from ocop_sync.sweep import sweep


@shared_task(name="ocop_sync.sweep")  # type: ignore[untyped-decorator, no-untyped-call]
def sweep_task() -> None:
    """Every quarter of an hour: what began or ended, and the runs that a killed process left behind."""
    resume_dead_runs()
    sweep(clock.today())
