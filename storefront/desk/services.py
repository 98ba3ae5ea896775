"""Working the orders of a sale point: pick, and hand over against the buyer's code."""

import logging

from django.db.models import QuerySet

from catalog import clock
from catalog.people.models import User
from catalog.saleor.client import NO_ANSWER, SaleorRefused
from catalog.salepoints.models import SalePoint
from storefront.desk.codes import check_code
from storefront.desk.errors import NotToHandOver, Stopped
from storefront.orders.closing import finish_hand_over
from storefront.orders.models import OPEN_STATES, Method, Order, State
from storefront.orders.stops import check_stops

log = logging.getLogger(__name__)


def points_of(user: User) -> QuerySet[SalePoint]:
    """The sale points where this person works."""
    return SalePoint.objects.filter(staff__user=user).order_by("name")


def orders_of(user: User) -> QuerySet[Order]:
    """The orders that this person may see: those to be collected at their own points."""
    orders = Order.objects.filter(method=Method.PICKUP, sale_point__in=points_of(user))
    return orders.select_related("sale_point").prefetch_related("lines")


def mark_picked(order: Order, staff: User) -> None:
    """The goods lie ready. A repeat changes nothing. Raises Stopped, NotToHandOver."""
    _refuse_stopped(order)
    ready = {"state": State.READY, "picked_at": clock.now(), "picked_by": staff}
    if not Order.objects.filter(pk=order.pk, state=State.PLACED).update(**ready):
        order.refresh_from_db()
        if order.state != State.READY:
            raise NotToHandOver(state=State(order.state).label)
    order.refresh_from_db()


def hand_over(order: Order, staff: User, code: str) -> None:
    """Hand the goods over for the right code and take the cash: Saleor's order becomes paid and fulfilled.

    The code serves once. After the right code the hand-over stands, even when Saleor is silent: it is told later.
    Raises Stopped, NotToHandOver, WrongCode, CodeLocked.
    """
    order.refresh_from_db()
    if order.state not in OPEN_STATES:
        raise NotToHandOver(state=State(order.state).label)
    _refuse_stopped(order)
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


def _refuse_stopped(order: Order) -> None:
    if stopped := check_stops([order]):
        raise Stopped(names=", ".join(line.name for line in stopped))
