"""What happens to an order after it is made: it may be cancelled, and a gift that nobody pays lapses."""

import logging

from django.db import transaction

from catalog import clock
from catalog.saleor.client import NO_ANSWER, SaleorRefused
from catalog.saleor.turns import in_turn
from storefront.checkout import saleor
from storefront.checkout.services import refresh_stock
from storefront.orders.closing import turn_of
from storefront.orders.errors import TooLateToCancel
from storefront.orders.goods import references_of
from storefront.orders.models import Order, State
from storefront.orders.projection import refresh_order

log = logging.getLogger(__name__)


def cancel(order: Order) -> None:
    """The buyer cancels an order that nobody has packed. A repeat changes nothing.

    Decided here and shown at once; when Saleor is silent now, reconciliation tells it. In the order's turn: no cash is
    being recorded meanwhile. Raises TooLateToCancel; SaleorUnavailable when somebody else has the turn for too long.
    """
    with in_turn([turn_of(order)]), transaction.atomic():
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


def lapse_unpaid() -> int:
    """Cancel the gifts for others whose buyers did not pay in time: their goods go back on the shelf. How many.

    Raises SaleorUnavailable; whatever is left is found the next time.
    """
    lapsed = 0
    for order in Order.objects.filter(state=State.PLACED, is_paid=False).exclude(recipient_name=""):
        if order.pay_by and order.pay_by < clock.today():
            try:
                cancel(order)
            except TooLateToCancel:  # paid at this very moment
                continue
            log.info("order %s lapsed: not paid by %s", order.number, order.pay_by)
            lapsed += 1
    return lapsed


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
