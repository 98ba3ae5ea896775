"""How far a delivery is: its producers send loose goods to the buyer, who packs a box sends that."""

import logging

from catalog import clock
from catalog.people.models import User
from catalog.saleor.client import NO_ANSWER, SaleorRefused
from storefront.orders.closing import finish_hand_over
from storefront.orders.models import Order, State

log = logging.getLogger(__name__)


def note_sent(order: Order, user: User) -> None:
    """The order, locked by the caller, is sent once all of it is on its way to the buyer."""
    loose, boxes = order.lines.filter(box=None, sent_at=None), order.boxes.filter(sent_at=None)
    if order.state == State.PLACED and not loose.exists() and not boxes.exists():
        order.state, order.picked_at, order.picked_by = State.SENT, clock.now(), user
        order.save(update_fields=["state", "picked_at", "picked_by"])


def note_delivered(order: Order, user: User) -> None:
    """The order, locked by the caller, is to be closed in Saleor once all of it has arrived."""
    loose, boxes = order.lines.filter(box=None, delivered_at=None), order.boxes.filter(delivered_at=None)
    if order.state == State.SENT and not loose.exists() and not boxes.exists():
        order.state, order.handed_over_at, order.handed_over_by = State.HANDING_OVER, clock.now(), user
        order.save(update_fields=["state", "handed_over_at", "handed_over_by"])


def tell_delivered(order: Order) -> None:
    """Tell Saleor of a delivery that has arrived in full; when Saleor is silent now, it is told later."""
    order.refresh_from_db()
    if order.state == State.HANDING_OVER:
        try:
            finish_hand_over(order)
        except (*NO_ANSWER, SaleorRefused) as error:
            log.warning("order %s: delivery is to be told to Saleor: %s", order.number, error)
