"""Orders' background work: bring ours in line with Saleor's, finish what Saleor was too silent for, stop what fell."""

import logging
from datetime import timedelta

from celery import shared_task

from catalog import clock
from catalog.health.services import noted
from catalog.saleor.client import NO_ANSWER
from storefront.orders import services
from storefront.orders.stops import sweep_stops
from storefront.orders.unfinished import count_open, finish_all

log = logging.getLogger(__name__)
SHORT, LONG = timedelta(minutes=15), timedelta(days=1)
SIGN = "reconcile-orders"


@shared_task(name="storefront.orders.reconcile", ignore_result=True)
def reconcile() -> None:
    """Every two minutes: a quarter of an hour back, and once an hour a whole day back."""
    sweep_stops()
    now = clock.now()
    try:
        with noted(SIGN) as detail:
            detail |= {"open": count_open()}
            drift = services.reconcile(now - (LONG if now.minute < 2 else SHORT))
            detail |= {"read": drift.read, "differed": drift.changed[:20], "stuck": finish_all()[:20]}
            detail |= {"open": count_open()}
    except NO_ANSWER as error:
        log.warning("reconciliation waits for Saleor: %s", error)
