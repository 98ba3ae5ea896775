"""Orders' background work: bring ours in line with Saleor's, finish what Saleor was too silent for, stop what fell."""

import logging
from datetime import timedelta

from celery import shared_task

from catalog.saleor.app.errors import NOT_NOW
from catalog.saleor.client import SaleorFault, SaleorRefused
from catalog.saleor.watermarks import is_due
from storefront.orders import reconciling
from storefront.orders.closing import finish_hand_over
from storefront.orders.models import Order, State
from storefront.orders.stops import sweep_stops

log = logging.getLogger(__name__)
HOUR = timedelta(hours=1)


@shared_task(name="storefront.orders.reconcile", ignore_result=True)
def reconcile() -> None:
    """Every two minutes: what moved since the last time, and once an hour every order that is open."""
    sweep_stops()
    try:
        for order in Order.objects.filter(state=State.HANDING_OVER):
            _finish(order)
        reconciling.reconcile()
        if is_due(reconciling.OPEN, HOUR):
            reconciling.reread_open()
    except (*NOT_NOW, SaleorFault) as error:
        log.warning("reconciliation waits for Saleor: %s", error)


def _finish(order: Order) -> None:
    try:
        finish_hand_over(order)
    except SaleorRefused as refused:
        log.error("order %s was handed over, but Saleor refuses: %s", order.number, refused)  # noqa: TRY400 - no bug
