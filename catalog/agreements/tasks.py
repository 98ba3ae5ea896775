"""Celery's side of the letters that ask for agreements."""

from celery import shared_task

from catalog import clock
from catalog.agreements.sending import send_due
from catalog.agreements.services import ask


@shared_task(name="catalog.agreements.ask")  # type: ignore[untyped-decorator, no-untyped-call]
def ask_task() -> None:
    """Every hour of the day: the first that finds something new for a producer asks it, for that day."""
    ask(clock.today())


@shared_task(name="catalog.agreements.send")  # type: ignore[untyped-decorator, no-untyped-call]
def send_task() -> None:
    """Every minute and after asking: the letters that are due."""
    send_due()
