"""What happens to an order after it is made: it may be cancelled."""

import logging

from django.db import transaction

from catalog.saleor.client import NO_ANSWER, SaleorRefused
from storefront.checkout import saleor
from storefront.checkout.services import refresh_stock
from storefront.orders.errors import TooLateToCancel
from storefront.orders.goods import references_of
from storefront.orders.models import Order, State
from storefront.orders.projection import refresh_order

log = logging.getLogger(__name__)


def cancel(order: Order) -> None:
    """The buyer cancels an order that nobody has packed. A repeat changes nothing.

    Decided here and shown at once; when Saleor is silent now, reconciliation tells it. Raises TooLateToCancel.
    """
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if may_cancel(locked):
            locked.state = State.CANCELLING
            locked.save(update_fields=["state"])
        elif locked.state not in (State.CANCELLING, State.CANCELLED):
            raise TooLateToCancel
    try:
        finish_cancelling(order)
    except NO_ANSWER:
        log.warning("order %s is to be cancelled once Saleor answers", order.number)


def may_cancel(order: Order) -> bool:
    """Nobody has packed, sent or paid any of it."""
    if order.state != State.PLACED or order.is_paid:
        return False
    return not order.lines.exclude(sent_at=None).exists() and not order.boxes.exclude(packed_at=None).exists()


def finish_cancelling(order: Order) -> None:
    """Tell Saleor of a cancelled order, and believe what it then says of it."""
    order.refresh_from_db()
    if order.state != State.CANCELLING:
        return
    try:
        saleor.cancel(order.saleor_id)
    except SaleorRefused as refused:  # cancelled already, or fulfilled by somebody in the meantime
        log.warning("order %s: %s", order.number, refused)
    refresh_order(order.saleor_id)
    refresh_stock(references_of(order))
    order.refresh_from_db()
    if order.state == State.CANCELLING:
        log.error("order %s cannot be cancelled in Saleor", order.number)
