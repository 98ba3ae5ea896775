"""Celery's side of the reminders."""

from celery import shared_task

from catalog.reminders.sending import work


@shared_task(name="catalog.reminders.work")  # type: ignore[untyped-decorator, no-untyped-call]
def work_task() -> None:
    """Every minute and after somebody asked or confirmed."""
    work()
