"""Celery's side of publishing."""

import logging

from celery import shared_task

from catalog.saleor.app.errors import NOT_NOW
from ocop_sync.publish.drift import find_publication_drift
from ocop_sync.publish.services import PublisherBusy, publish_due

log = logging.getLogger(__name__)


@shared_task(name="ocop_sync.publish.publish_due")  # type: ignore[untyped-decorator, no-untyped-call]
def publish_due_task() -> None:
    """Work off the outbox; while Saleor is down the rows wait with growing pauses."""
    try:
        publish_due()
    except NOT_NOW as reason:
        log.warning("the publisher waits for Saleor: %s", reason)


@shared_task(name="ocop_sync.publish.reconcile")  # type: ignore[untyped-decorator, no-untyped-call]
def reconcile_task() -> None:
    """Once an hour: is everything in Saleor as it was told? What is not goes to the publisher."""
    try:
        drift = find_publication_drift()
    except (*NOT_NOW, PublisherBusy):
        return
    if drift.found:
        log.warning("Saleor held something else than it was told: %s", drift)
