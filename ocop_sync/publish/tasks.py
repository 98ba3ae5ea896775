"""Celery's side of publishing."""

import logging

from celery import shared_task

from catalog.health.services import noted
from catalog.saleor.client import NO_ANSWER
from ocop_sync.publish.drift import find_publication_drift
from ocop_sync.publish.services import PublisherBusy, publish_due

log = logging.getLogger(__name__)
SIGN = "reconcile-publications"


@shared_task(name="ocop_sync.publish.publish_due")  # type: ignore[untyped-decorator, no-untyped-call]
def publish_due_task() -> None:
    """Work off the outbox; while Saleor is down the rows wait with growing pauses."""
    try:
        publish_due()
    except NO_ANSWER as error:
        log.warning("publishing waits for Saleor: %s", error)


@shared_task(name="ocop_sync.publish.reconcile")  # type: ignore[untyped-decorator, no-untyped-call]
def reconcile_task() -> None:
    """Once an hour: is everything in Saleor as it was told? What is not goes to the publisher."""
    try:
        with noted(SIGN) as detail:
            drift = find_publication_drift()
            detail |= {"read": drift.read, "differed": sorted(drift.found)[:20]}
    except (*NO_ANSWER, PublisherBusy):
        return
    if drift.found:
        log.warning("Saleor held something else than it was told: %s", drift)
