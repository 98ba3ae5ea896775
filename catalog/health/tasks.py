"""Celery's side of health: beat sends it, a worker looks."""

from celery import shared_task

from catalog.health.services import BEAT, look_at_saleor, note


@shared_task(name="catalog.health.look")  # type: ignore[untyped-decorator, no-untyped-call]
def look_task() -> None:
    """Every ten seconds: beat and worker live, and this is how Saleor is."""
    note(BEAT)
    look_at_saleor()
