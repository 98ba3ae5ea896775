"""Celery's side of the reports."""

from celery import shared_task

from catalog.reports.tidying import tidy


@shared_task(name="catalog.reports.tidy")  # type: ignore[untyped-decorator, no-untyped-call]
def tidy_task() -> None:
    """Every hour: photos that are no longer kept, counts of hours that are over."""
    tidy()
