"""Keeping our orders like Saleor's. A webhook only says that an order moved; what it is now is always asked."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog import clock
from catalog.offers.services import refresh_variants
from storefront.basket.services import take_out
from storefront.checkout import saleor
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.orders.models import OPEN_STATES, Method, Order, OrderLine, State

ORDERS = 50  # a question; an order has lines
_CANCELLED = ("CANCELED", "EXPIRED")  # in either case Saleor has put the goods back on the shelf
_ENDED = (State.HANDED_OVER, State.CANCELLED)


def refresh_order(saleor_id: str) -> Order | None:
    """Ask Saleor for one order and write what it says; None for an order that did not come from our checkout."""
    asked_at = clock.now()
    told = saleor.fetch_order(saleor_id)
    return absorb(told, asked_at) if told else None


def refresh_orders(saleor_ids: Sequence[str]) -> None:
    """`refresh_order` for many, fifty a question, and their goods: what an order takes from a shelf, or gives back, is
    announced for no variant. The goods of an order that did not come from our checkout were on our shelves too.
    """
    for start in range(0, len(saleor_ids), ORDERS):
        asked_at = clock.now()
        told = saleor.fetch_orders(saleor_ids[start : start + ORDERS])
        for order in told:
            absorb(order, asked_at)
        refresh_variants(line.reference for order in told for line in order.lines)


def absorb(told: saleor.SaleorOrder, asked_at: datetime) -> Order | None:
    """Write one answer of Saleor's: a change to an order known, or an order that a lost answer hid from us."""
    order = Order.objects.filter(saleor_id=told.id).first()
    if order:
        return _update(order.pk, told, asked_at)
    attempt = CheckoutAttempt.objects.filter(saleor_checkout_id=told.checkout_id).first() if told.checkout_id else None
    return record_order(attempt.pk, told, asked_at) if attempt else None


@transaction.atomic
def record_order(attempt_id: int, told: saleor.SaleorOrder, asked_at: datetime) -> Order:
    """The order of an attempt, once: its lines with their certificates, and the basket without what was ordered."""
    attempt = CheckoutAttempt.objects.select_for_update().get(pk=attempt_id)
    if attempt.order:
        return attempt.order
    form = attempt.form
    order = Order.objects.create(
        saleor_id=told.id,
        number=told.number,
        method=form["method"],
        sale_point_id=form["sale_point"] if form["method"] == Method.PICKUP else None,
        buyer_name=form["name"],
        phone=form["phone"],
        email=form["email"],
        address=form["address"],
        consent_version=form["consent_version"],
        consent_at=datetime.fromisoformat(form["consent_at"]),
        subtotal=told.subtotal,
        shipping=told.shipping,
        total=told.total,
        is_paid=told.is_paid,
        placed_at=told.created,
        read_at=asked_at,
    )
    snapshots = {snapshot["reference"]: snapshot for snapshot in attempt.lines}
    OrderLine.objects.bulk_create(_line(order, line, snapshots[line.reference]) for line in told.lines)
    attempt.order, attempt.state = order, AttemptState.DONE
    attempt.save(update_fields=["order", "state", "updated_at"])
    take_out(attempt.basket, {snapshot["offer"]: snapshot["quantity"] for snapshot in attempt.lines})
    return _update(order.pk, told, asked_at)


def _line(order: Order, told: saleor.SaleorLine, snapshot: dict[str, object]) -> OrderLine:
    return OrderLine(
        order=order,
        saleor_id=told.id,
        offer_id=snapshot["offer"],
        product_id=snapshot["product"],
        producer_id=snapshot["producer"],
        name=snapshot["name"],
        pack=snapshot["pack"],
        quantity=told.quantity,
        unit_price=told.unit_price,
        total=told.total,
        recognition_id=snapshot["recognition"],
        star=snapshot["star"],
        certificate=snapshot["certificate"],
    )


@transaction.atomic
def _update(order_id: int, told: saleor.SaleorOrder, asked_at: datetime) -> Order:
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.read_at > asked_at:
        return order
    order.read_at = asked_at
    order.is_paid, order.subtotal, order.shipping, order.total = told.is_paid, told.subtotal, told.shipping, told.total
    if told.status in _CANCELLED and order.state in (*OPEN_STATES, State.CANCELLING):
        order.state, order.cancelled_at = State.CANCELLED, asked_at
    elif told.status == "FULFILLED" and order.state not in _ENDED:
        order.state = State.HANDED_OVER
        order.handed_over_at = order.handed_over_at or asked_at
    order.save()
    return order
