"""Background work: bring orders in line with Saleor's, finish what it was silent for, stop what fell or lapsed."""

import logging
from datetime import timedelta

from celery import shared_task

from catalog.health.services import noted
from catalog.saleor.client import NO_ANSWER
from catalog.saleor.watermarks import is_due
from storefront.orders import reconciling
from storefront.orders.services import lapse_unpaid
from storefront.orders.stops import sweep_stops
from storefront.orders.unfinished import count_open, finish_all

log = logging.getLogger(__name__)
HOUR, SIGN = timedelta(hours=1), "reconcile-orders"


@shared_task(name="storefront.orders.reconcile", ignore_result=True)
def reconcile() -> None:
    """Every two minutes: what moved since the last time, and once an hour every order that is open."""
    sweep_stops()
    try:
        lapse_unpaid()
        with noted(SIGN) as detail:
            detail |= {"open": count_open()}
            drift = reconciling.reconcile()
            if is_due(reconciling.OPEN, HOUR):
                drift.add(reconciling.reread_open())
            detail |= {"read": drift.read, "differed": drift.changed[:20], "stuck": finish_all()[:20]}
            detail |= {"open": count_open()}
    except NO_ANSWER as error:
        log.warning("reconciliation waits for Saleor: %s", error)
