"""Packing gift boxes at the point that they were ordered from, and sending those that are not collected."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from catalog import clock
from catalog.people.models import User
from storefront.desk.errors import BestBeforePast, BestBeforeUnread, NotPacked, NotToHandOver, Stopped
from storefront.orders.errors import NotPaidYet
from storefront.orders.models import OPEN_STATES, Method, Order, OrderBox, State
from storefront.orders.sending import note_delivered, note_sent, tell_delivered
from storefront.orders.stops import check_stops


def boxes_of(user: User) -> QuerySet[OrderBox]:
    """The boxes that are packed where this person works."""
    return OrderBox.objects.filter(sale_point__staff__user=user).select_related("order", "sale_point", "packaging")


def pack(box: OrderBox, staff: User, best_before: Mapping[int, date]) -> None:
    """The boxes are packed, with the earliest best-before day on the packages of each part ({offer: day}).

    Once more is a correction. Raises NotToHandOver, NotPaidYet, Stopped, BestBeforeUnread, BestBeforePast.
    """
    refuse_stopped(box.order)
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=box.order_id)
        if order.state not in OPEN_STATES or box.sent_at:
            raise NotToHandOver(state=State(order.state).label)
        if order.is_owed:
            raise NotPaidYet
        days = _days(order, box, best_before)
        for offer, day in days.items():
            box.lines.filter(offer_id=offer).update(best_before=day)
        box.best_before, box.packed_at, box.packed_by = min(days.values()), clock.now(), staff
        box.save(update_fields=["best_before", "packed_at", "packed_by"])


def _days(order: Order, box: OrderBox, best_before: Mapping[int, date]) -> dict[int, date]:
    names = dict(box.lines.values_list("offer_id", "name"))
    if unread := [name for offer, name in names.items() if offer not in best_before]:
        raise BestBeforeUnread(names=", ".join(unread))
    last = max(clock.today(), order.wanted_on or clock.today())
    if past := [name for offer, name in names.items() if best_before[offer] < last]:
        raise BestBeforePast(names=", ".join(past), day=f"{last:%d/%m/%Y}")
    return {offer: best_before[offer] for offer in names}


def send(box: OrderBox, staff: User) -> None:
    """The boxes of a delivery are given to the carrier. A repeat changes nothing. Raises NotPacked, Stopped,
    NotToHandOver.
    """
    refuse_stopped(box.order)
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=box.order_id)
        _need(order, State.PLACED, State.SENT)
        box.refresh_from_db()
        if box.packed_at is None:
            raise NotPacked(names=box.title)
        if box.sent_at is None:
            box.sent_at = clock.now()
            box.save(update_fields=["sent_at"])
        note_sent(order, staff)


def deliver(box: OrderBox, staff: User) -> None:
    """The boxes arrived, and what was still owed was taken. A repeat changes nothing. Raises NotToHandOver."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=box.order_id)
        _need(order, State.SENT, State.HANDING_OVER, State.HANDED_OVER)
        OrderBox.objects.filter(pk=box.pk, delivered_at=None).update(delivered_at=clock.now())
        note_delivered(order, staff)
    tell_delivered(box.order)


def refuse_stopped(order: Order) -> None:
    """Raises Stopped where a certificate fell after the sale."""
    if stopped := check_stops([order]):
        raise Stopped(names=", ".join(line.name for line in stopped))


def refuse_unpacked(order: Order) -> None:
    """Raises NotPacked while a box of the order is not packed."""
    if left := order.boxes.filter(packed_at=None).values_list("title", flat=True):
        raise NotPacked(names=", ".join(left))


def _need(order: Order, *states: State) -> None:
    if order.method != Method.DELIVERY or order.state not in states:
        raise NotToHandOver(state=State(order.state).label)


def visible_to(user: User) -> Q:
    """Orders to be collected at this person's points, and those with boxes packed there."""
    return Q(method=Method.PICKUP, sale_point__staff__user=user) | Q(boxes__sale_point__staff__user=user)
