"""Celery's side of publishing."""

from celery import shared_task

from catalog.saleor.client import SaleorUnavailable
from ocop_sync.publish.services import publish_due


@shared_task(name="ocop_sync.publish.publish_due")  # type: ignore[untyped-decorator, no-untyped-call]
def publish_due_task() -> None:
    """Work off the outbox; while Saleor is down the rows wait with growing pauses."""
    try:
        publish_due()
    except SaleorUnavailable:
        return
