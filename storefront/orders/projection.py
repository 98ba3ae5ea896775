"""Keeping our orders like Saleor's. A webhook only says that an order moved; what it is now is always asked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog import clock
from catalog.offers.services import refresh_variants
from catalog.salepoints.models import Warehouse
from storefront.basket.services import take_out
from storefront.checkout import saleor
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.livestreams import attribution
from storefront.orders.models import OPEN_STATES, Method, Order, OrderBox, OrderLine, State

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
        recipient_name=form.get("recipient_name", ""),
        recipient_phone=form.get("recipient_phone", ""),
        message=form.get("message", ""),
        wanted_on=form.get("wanted_on") or None,
        consent_version=form["consent_version"],
        consent_at=datetime.fromisoformat(form["consent_at"]),
        subtotal=told.subtotal,
        shipping=told.shipping,
        total=told.total,
        is_paid=told.is_paid,
        placed_at=told.created,
        read_at=asked_at,
    )
    _write_lines(order, attempt, told)
    attempt.order, attempt.state = order, AttemptState.DONE
    attempt.save(update_fields=["order", "state", "updated_at"])
    loose = Counter[int]()
    for line in attempt.lines:
        if not line.get("box"):
            loose[line["offer"]] += line["quantity"]
    take_out(attempt.basket, loose, {box["basket_key"]: box["quantity"] for box in attempt.boxes})
    return _update(order.pk, told, asked_at)


def _write_lines(order: Order, attempt: CheckoutAttempt, told: saleor.SaleorOrder) -> None:
    """Packagings become boxes, everything else lines."""
    lines = {line.key: line for line in told.lines}
    boxes = {box["key"]: _box(order, lines.pop(box["key"]), box) for box in attempt.boxes}
    OrderBox.objects.bulk_create(boxes.values())
    snapshots = {snapshot.get("key", snapshot["reference"]): snapshot for snapshot in attempt.lines}
    wanted = {where.reference for line in lines.values() for where in line.shelves}
    shelves = dict(Warehouse.objects.filter(external_reference__in=wanted).values_list("external_reference", "pk"))
    written = OrderLine.objects.bulk_create(
        _line(order, line, snapshots[key], boxes.get(snapshots[key].get("box", "")), shelves)
        for key, line in lines.items()
    )
    attribution.record({line: snapshots[key].get("origin") for key, line in zip(lines, written, strict=True)})


def _box(order: Order, told: saleor.SaleorLine, snapshot: Mapping[str, Any]) -> OrderBox:
    return OrderBox(
        order=order,
        saleor_id=told.id,
        combo_id=snapshot["combo"],
        packaging_id=snapshot["packaging"],
        sale_point_id=snapshot["sale_point"],
        title=snapshot["title"],
        packaging_name=snapshot["packaging_name"],
        packaging_price=told.unit_price,
        quantity=told.quantity,
    )


def _line(
    order: Order,
    told: saleor.SaleorLine,
    snapshot: Mapping[str, Any],
    box: OrderBox | None,
    shelves: Mapping[str, int],
) -> OrderLine:
    return OrderLine(
        order=order,
        box=box,
        shelf_id=next((shelves.get(where.reference) for where in told.shelves), None),
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
