"""Celery's side of the warnings."""

from celery import shared_task

from catalog.warnings.sending import send_due


@shared_task(name="catalog.warnings.send")  # type: ignore[untyped-decorator, no-untyped-call]
def send_task() -> None:
    """Every minute and after a sweep that warned anybody: the letters that are due."""
    send_due()
