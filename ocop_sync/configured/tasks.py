"""Celery's side of the schedules. Messages only wake: what is due, and who is at it, stands in the rows."""

from celery import shared_task

from ocop_sync.configured.services import due, sync_if_due

SOFT_LIMIT, LIMIT = 3 * 3600, 3 * 3600 + 300  # seconds; a run that is cut off goes on where it was


@shared_task(name="ocop_sync.sync_due")  # type: ignore[untyped-decorator, no-untyped-call]
def sync_due_task() -> None:
    """Every minute, and when an officer asks: wake a sync for each source that is due."""
    for name in due():
        sync_source_task.apply_async((name,), expires=60, retry=False)


@shared_task(  # type: ignore[untyped-decorator, no-untyped-call]
    name="ocop_sync.sync_source",
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=SOFT_LIMIT,
    time_limit=LIMIT,
)
def sync_source_task(name: str) -> None:
    """One source of the file; a message that comes twice, or late, finds the row not due or leased and does nothing."""
    sync_if_due(name)
