"""Orders' background work: bring ours in line with Saleor's, finish what Saleor was too silent for, stop what fell."""

import logging
from datetime import timedelta

from celery import shared_task

from catalog import clock
from catalog.health.services import last_good, note, noted, overdue
from catalog.saleor.client import NO_ANSWER
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.orders import services
from storefront.orders.models import Order, State
from storefront.orders.stops import sweep_stops

log = logging.getLogger(__name__)
SHORT, LONG, HOUR = timedelta(minutes=15), timedelta(days=1), timedelta(hours=1)
SIGN, SIGN_OF_THE_DAY = "reconcile-orders", "reconcile-orders-day"


@shared_task(name="storefront.orders.reconcile", ignore_result=True)
def reconcile() -> None:
    """Every two minutes: a quarter of an hour before the last time that went well; once an hour a whole day back."""
    sweep_stops()
    now = clock.now()
    whole = overdue(SIGN_OF_THE_DAY, HOUR)
    since = min(now - (LONG if whole else SHORT), (last_good(SIGN) or now) - SHORT)
    try:
        with noted(SIGN) as detail:
            detail |= {"open": _open()}
            drift = services.reconcile(since)
            detail |= {"read": drift.read, "differed": drift.changed[:20], "stuck": drift.stuck[:20], "open": _open()}
    except NO_ANSWER as error:
        log.warning("reconciliation waits for Saleor: %s", error)
        return
    if whole:
        note(SIGN_OF_THE_DAY)


def _open() -> dict[str, int]:
    """What Saleor is still to be asked or told."""
    return {
        "attempts": CheckoutAttempt.objects.filter(state=AttemptState.COMPLETING).count(),
        "hand_overs": Order.objects.filter(state=State.HANDING_OVER).count(),
        "cancellations": Order.objects.filter(state=State.CANCELLING).count(),
    }
