"""Working the orders of a sale point: pick, and hand over against the buyer's code."""

import logging

from django.db.models import QuerySet

from catalog import clock
from catalog.people.models import User
from catalog.saleor.client import NO_ANSWER, SaleorRefused
from catalog.saleor.turns import in_turn
from catalog.salepoints.models import SalePoint
from storefront.desk.boxes import refuse_stopped, refuse_unpacked, visible_to
from storefront.desk.codes import check_code
from storefront.desk.errors import NotToHandOver
from storefront.orders.closing import finish_hand_over, record_payment, turn_of
from storefront.orders.models import OPEN_STATES, Method, Order, State

log = logging.getLogger(__name__)


def points_of(user: User) -> QuerySet[SalePoint]:
    """The sale points where this person works."""
    return SalePoint.objects.filter(staff__user=user).order_by("name")


def orders_of(user: User) -> QuerySet[Order]:
    """The orders that this person may see: those to be collected at their own points, or with boxes packed there."""
    orders = Order.objects.filter(visible_to(user)).distinct()
    return orders.select_related("sale_point").prefetch_related("lines", "boxes")


def mark_picked(order: Order, staff: User) -> None:
    """The goods lie ready. A repeat changes nothing. Raises Stopped, NotPacked, NotToHandOver."""
    _need_pickup(order)
    refuse_stopped(order)
    refuse_unpacked(order)
    ready = {"state": State.READY, "picked_at": clock.now(), "picked_by": staff}
    if not Order.objects.filter(pk=order.pk, state=State.PLACED).update(**ready):
        order.refresh_from_db()
        if order.state != State.READY:
            raise NotToHandOver(state=State(order.state).label)
    order.refresh_from_db()


def hand_over(order: Order, staff: User, code: str) -> None:
    """Hand the goods over for the right code and take the cash: Saleor's order becomes paid and fulfilled.

    The code serves once. After the right code the hand-over stands, even when Saleor is silent: it is told later.
    Raises Stopped, NotPacked, NotToHandOver, WrongCode, CodeLocked.
    """
    order.refresh_from_db()
    _need_pickup(order)
    if order.state not in OPEN_STATES:
        raise NotToHandOver(state=State(order.state).label)
    refuse_stopped(order)
    refuse_unpacked(order)
    check_code(order, staff, code)
    taken = {"state": State.HANDING_OVER, "handed_over_at": clock.now(), "handed_over_by": staff}
    if not Order.objects.filter(pk=order.pk, state__in=OPEN_STATES).update(**taken):
        order.refresh_from_db()
        raise NotToHandOver(state=State(order.state).label)
    order.refresh_from_db()
    try:
        finish_hand_over(order)
    except (*NO_ANSWER, SaleorRefused) as error:
        log.warning("order %s: hand-over is to be told to Saleor: %s", order.number, error)


def take_payment(order: Order, staff: User, code: str) -> None:
    """The buyer of a gift for somebody else pays in cash before it is packed, and shows the order's code.

    In the order's turn, so that it is not cancelled meanwhile. Raises Stopped, NotToHandOver, WrongCode, CodeLocked;
    and, as nothing would be recorded, one of `NO_ANSWER`.
    """
    with in_turn([turn_of(order)]):
        order.refresh_from_db()
        if not order.is_owed or order.state != State.PLACED:
            raise NotToHandOver(state=State(order.state).label)
        refuse_stopped(order)
        check_code(order, staff, code)
        record_payment(order)


def _need_pickup(order: Order) -> None:
    if order.method != Method.PICKUP:
        raise NotToHandOver(state=State(order.state).label)
