"""Celery's side of what Saleor tells us."""

import logging
import time
from datetime import timedelta

from celery import shared_task

from catalog.offers.services import OFFER_CHANGES, OFFERS, reconcile_offers
from catalog.outbox.services import wake
from catalog.saleor.app.errors import NOT_NOW
from catalog.saleor.watermarks import is_due, known_since
from catalog.saleor.webhooks.inbox import process_inbox, purge_inbox
from catalog.saleor.webhooks.receiving import TOPIC

log = logging.getLogger(__name__)
HOUR = timedelta(hours=1)
LONGEST = 240.0  # seconds


@shared_task(name="catalog.saleor.work_inbox")  # type: ignore[untyped-decorator, no-untyped-call]
def work_inbox_task() -> None:
    """Work off verified webhooks; what fails comes back by itself. After some minutes others get the worker."""
    started = time.monotonic()
    try:
        while process_inbox():
            if time.monotonic() - started > LONGEST:
                wake(TOPIC)
                return
    except NOT_NOW as reason:
        log.warning("the inbox waits for Saleor: %s", reason)


@shared_task(name="catalog.saleor.reconcile_offers")  # type: ignore[untyped-decorator, no-untyped-call]
def reconcile_offers_task() -> None:
    """Every five minutes: what Saleor changed since the last time, and once an hour all of it."""
    purge_inbox()
    try:
        drift = reconcile_offers(None if is_due(OFFERS, HOUR) else known_since(OFFER_CHANGES))
    except NOT_NOW as reason:
        log.warning("the comparison of offers waits for Saleor: %s", reason)
        return
    if drift.found:
        log.warning("offers were not what Saleor says: %s", drift)
