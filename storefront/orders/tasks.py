"""Orders' background work: bring ours in line with Saleor's, finish what Saleor was too silent for, stop what fell."""

import logging
from datetime import timedelta

from celery import shared_task

from catalog import clock
from catalog.saleor.client import SaleorFault, SaleorRefused, SaleorUnavailable
from storefront.orders import services
from storefront.orders.closing import finish_hand_over
from storefront.orders.models import Order, State
from storefront.orders.stops import sweep_stops

log = logging.getLogger(__name__)
SHORT, LONG = timedelta(minutes=15), timedelta(days=1)


@shared_task(name="storefront.orders.reconcile", ignore_result=True)
def reconcile() -> None:
    """Every two minutes: a quarter of an hour back, and once an hour a whole day back."""
    sweep_stops()
    now = clock.now()
    try:
        for order in Order.objects.filter(state=State.HANDING_OVER):
            _finish(order)
        services.reconcile(now - (LONG if now.minute < 2 else SHORT))
    except (SaleorUnavailable, SaleorFault) as error:
        log.warning("reconciliation waits for Saleor: %s", error)


def _finish(order: Order) -> None:
    try:
        finish_hand_over(order)
    except SaleorRefused as refused:
        log.error("order %s was handed over, but Saleor refuses: %s", order.number, refused)  # noqa: TRY400 - no bug
