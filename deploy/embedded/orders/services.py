"""What happens to an order: placed, paid, handed over, cancelled. Each in one transaction, with its events."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Sum

from deploy.embedded.apps.models import App
from deploy.embedded.core.errors import Problem, Refused, refuse
from deploy.embedded.core.ids import global_id, key_of, nodes
from deploy.embedded.orders.models import Fulfillment, FulfillmentLine, Order, OrderEvent, OrderLine
from deploy.embedded.payments.models import TransactionEvent, TransactionItem
from deploy.embedded.shop.models import Shop
from deploy.embedded.warehouses.models import Stock, Warehouse
from deploy.embedded.warehouses.services import lock, put_back, release, take
from deploy.embedded.webhooks.events import emit, emit_stocks


def note(order: Order, event: str, app: App | None = None, **parameters: Any) -> OrderEvent:
    """Write down what happened."""
    return OrderEvent.objects.create(order=order, type=event, app=app, parameters=parameters)


def placed(order: Order, app: App | None) -> None:
    """Events of a new order, in Saleor's order; an unpaid one is told as confirmed though its status is not."""
    note(order, "PLACED", app)
    emit("ORDER_CREATED", order)
    recount(order, app)
    if order.channel.automatically_confirm_all_new_orders:
        note(order, "CONFIRMED", app)
        emit("ORDER_CONFIRMED", order)


def recount(order: Order, app: App | None) -> None:
    """Follow what its payments charged and gave back. Becoming fully paid confirms, if orders confirm themselves."""
    was_paid, before = order.charge_status in ("FULL", "OVERCHARGED"), order.total_charged
    order.total_charged = TransactionItem.objects.filter(order=order).aggregate(sum=Sum("charged"))["sum"] or 0
    order.charge_status = charge_status(order)
    paid = order.charge_status in ("FULL", "OVERCHARGED")
    if paid and not was_paid:
        note(order, "ORDER_FULLY_PAID", app)
        if order.status == "UNCONFIRMED" and order.channel.automatically_confirm_all_new_orders:
            order.status = status_of(order)
    order.save()
    if paid and not was_paid:
        emit("ORDER_PAID", order)
        emit("ORDER_FULLY_PAID", order)
        emit("ORDER_UPDATED", order)
    elif order.total_charged != before:
        if order.total_charged > before:
            emit("ORDER_PAID", order)
        emit("ORDER_UPDATED", order)


def charge_status(order: Order) -> str:
    """NONE, PARTIAL, FULL or OVERCHARGED; an order that costs nothing is paid."""
    if order.total_charged == order.total:
        return "FULL"
    if order.total_charged > order.total:
        return "OVERCHARGED"
    return "PARTIAL" if order.total_charged > 0 else "NONE"


def status_of(order: Order) -> str:
    """By what was handed over."""
    lines = OrderLine.objects.filter(order=order).aggregate(all=Sum("quantity"), fulfilled=Sum("quantity_fulfilled"))
    if not lines["fulfilled"]:
        return "UNFULFILLED"
    return "FULFILLED" if lines["fulfilled"] >= lines["all"] else "PARTIALLY_FULFILLED"


def confirm(order: Order, app: App | None) -> None:
    """An UNCONFIRMED order is taken on."""
    if order.status != "UNCONFIRMED":
        raise refuse("INVALID", "Provided order id belongs to an order with status different than unconfirmed.", "id")
    if not order.lines.exists():
        raise refuse("INVALID", "Provided order id belongs to an order without products.", "id")
    order.status = status_of(order)
    order.save()
    note(order, "CONFIRMED", app)
    emit("ORDER_CONFIRMED", order)


def cancel(order: Order, app: App | None) -> None:
    """Give its stock back. Not when something was handed over, and not twice."""
    handed_over = order.fulfillments.exclude(status__in=["CANCELED", "REFUNDED", "RETURNED", "REPLACED"]).exists()
    if handed_over or order.status in ("CANCELED", "DRAFT", "EXPIRED"):
        raise refuse("CANNOT_CANCEL_ORDER", "This order can't be canceled.", "order")
    note(order, "CANCELED", app)
    release(list(order.lines.all()))
    order.status = "CANCELED"
    order.save()
    emit("ORDER_CANCELLED", order)
    emit("ORDER_UPDATED", order)


def mark_as_paid(order: Order, reference: str | None, app: App | None) -> None:
    """Money came by another way. The order's status stays as it is, as in Saleor."""
    if order.transactions.exists():
        message = "Orders with transactions can not be manually marked as paid."
        if order.channel.mark_as_paid_strategy == "TRANSACTION_FLOW":
            raise refuse("TRANSACTION_ERROR", message, "transaction")
        raise refuse("PAYMENT_ERROR", message)
    if order.channel.mark_as_paid_strategy != "TRANSACTION_FLOW" and order.status in ("CANCELED", "EXPIRED"):
        raise refuse("PAYMENT_ERROR", "Canceled and expired orders can not be marked as paid.")
    item = TransactionItem.objects.create(
        order=order,
        app=app,
        currency=order.currency,
        name="Manual payment",
        psp_reference=reference or "",
        charged=order.total,
        available_actions=["REFUND"],
    )
    TransactionEvent.objects.create(
        transaction=item, type="CHARGE_SUCCESS", amount=order.total, message="Manual adjustment of the transaction."
    )
    order.total_charged, order.charge_status = order.total, "FULL"
    order.save()
    note(order, "ORDER_MARKED_AS_PAID", app, reference=reference)
    emit("ORDER_FULLY_PAID", order)
    emit("ORDER_UPDATED", order)


def fulfill(order: Order, data: Mapping[str, Any], app: App | None) -> list[Fulfillment]:
    """Hand pieces over: one fulfilment for each warehouse, all of them or none."""
    if order.charge_status not in ("FULL", "OVERCHARGED") and not Shop.current().fulfillment_allow_unpaid:
        raise refuse("CANNOT_FULFILL_UNPAID_ORDER", "Cannot fulfill unpaid order.", "order")
    if order.status in ("CANCELED", "EXPIRED", "DRAFT"):
        raise refuse("INVALID", "This order can't be fulfilled.", "order")
    rows = data["lines"]
    lines = _lines(order, rows)
    wanted = _by_warehouse(rows, lines)
    stocks = _locked(wanted, lines)
    fulfillments, taken = [], []
    for warehouse, pieces in wanted.items():
        fulfillment = Fulfillment.objects.create(
            order=order,
            fulfillment_order=order.fulfillments.count() + 1,
            tracking_number=data.get("tracking_number") or "",
            warehouse=warehouse,
        )
        fulfillments.append(fulfillment)
        lowered: set[int] = set()
        for line, quantity in pieces:
            stock = (
                stocks.get((line.variant_id, warehouse.pk)) if line.variant and line.variant.track_inventory else None
            )
            if line.variant and line.variant.track_inventory:
                _take(line, stock, quantity, warehouse, lowered)
                taken.append(stock)
            FulfillmentLine.objects.create(fulfillment=fulfillment, order_line=line, stock=stock, quantity=quantity)
            line.quantity_fulfilled += quantity
            line.save(update_fields=["quantity_fulfilled"])
    order.status = status_of(order)
    order.save()
    note(order, "FULFILLMENT_FULFILLED_ITEMS", app)
    _tell_fulfilled(order, fulfillments, [stock for stock in taken if stock is not None])
    return fulfillments


def _tell_fulfilled(order: Order, fulfillments: list[Fulfillment], stocks: list[Stock]) -> None:
    drained = [stock for stock in stocks if not stock.available]
    emit_stocks("PRODUCT_VARIANT_BACK_IN_STOCK", drained)  # Saleor frees the held pieces first, then takes them
    emit_stocks("PRODUCT_VARIANT_OUT_OF_STOCK", drained)
    emit("FULFILLMENT_CREATED", *fulfillments)
    if order.status == "FULFILLED":
        emit("ORDER_FULFILLED", order)
    emit("ORDER_UPDATED", order)


def _lines(order: Order, rows: list[Mapping[str, Any]]) -> list[OrderLine]:
    ids = [row.get("order_line_id") or "" for row in rows]
    repeated = [value for value in ids if ids.count(value) > 1]
    if repeated:
        raise refuse("DUPLICATED_INPUT_ITEM", "Duplicated order line ID.", "orderLineId", order_lines=repeated[:1])
    for row in rows:
        warehouses = [stock["warehouse"] for stock in row["stocks"]]
        if len(set(warehouses)) != len(warehouses):
            raise refuse("DUPLICATED_INPUT_ITEM", "Duplicated warehouse ID.", "warehouse", warehouse=warehouses[0])
    lines = nodes(order.lines.select_related("variant"), ids, "lines", "OrderLine")
    for line, row in zip(lines, rows, strict=True):
        quantity = sum(stock["quantity"] for stock in row["stocks"])
        if any(stock["quantity"] < 0 for stock in row["stocks"]) or quantity > line.quantity_to_fulfill:
            message = f"Only {line.quantity_to_fulfill} items remaining to fulfill."
            ids = [global_id("OrderLine", line.pk)]
            raise refuse("FULFILL_ORDER_LINE", message, "orderLineId", order_lines=ids)
    if not any(stock["quantity"] for row in rows for stock in row["stocks"]):
        raise refuse("ZERO_QUANTITY", "Total quantity must be larger than 0.", "lines")
    return lines


def _by_warehouse(
    rows: list[Mapping[str, Any]], lines: list[OrderLine]
) -> dict[Warehouse, list[tuple[OrderLine, int]]]:
    result: dict[Warehouse, list[tuple[OrderLine, int]]] = defaultdict(list)
    for row, line in zip(rows, lines, strict=True):
        given = [stock for stock in row["stocks"] if stock["quantity"]]
        found = nodes(Warehouse.objects.all(), [stock["warehouse"] for stock in given], "warehouse")
        for stock, warehouse in zip(given, found, strict=True):
            result[warehouse].append((line, stock["quantity"]))
    return result


def _locked(
    wanted: Mapping[Warehouse, list[tuple[OrderLine, int]]], lines: list[OrderLine]
) -> dict[tuple[int, Any], Stock]:
    """Every stock that is touched, locked in one order: those handed over from and those that hold pieces."""
    variants = [line.variant_id for line in lines if line.variant_id]
    keys = set(Stock.objects.filter(warehouse__in=wanted, variant__in=variants).values_list("pk", flat=True))
    keys |= set(Stock.objects.filter(allocations__order_line__in=lines).values_list("pk", flat=True))
    return {(stock.variant_id, stock.warehouse_id): stock for stock in lock(keys)}


def _take(line: OrderLine, stock: Stock | None, quantity: int, warehouse: Warehouse, lowered: set[int]) -> None:
    if stock is None or not take(line, stock, quantity, lowered):
        extra = {"order_lines": [global_id("OrderLine", line.pk)], "warehouse": global_id("Warehouse", warehouse.pk)}
        raise Refused(Problem("INSUFFICIENT_STOCK", "Insufficient product stock.", "stocks", extra))


def cancel_fulfillment(fulfillment: Fulfillment, warehouse_id: str | None, app: App | None) -> None:
    """Pieces come back, to the named warehouse, and are held for the order again."""
    order = fulfillment.order
    if fulfillment.status in ("CANCELED", "REFUNDED", "RETURNED", "REPLACED"):
        raise refuse("CANNOT_CANCEL_FULFILLMENT", "This fulfillment can't be canceled", "fulfillment")
    if not warehouse_id:
        raise refuse(
            "REQUIRED",
            "This parameter is required for fulfillments which are not in waiting for approval state.",
            "warehouseId",
        )
    try:
        key = key_of(Warehouse, warehouse_id)
    except ValueError as error:
        raise refuse("GRAPHQL_ERROR", str(error), "warehouseId") from error
    for piece in fulfillment.lines.select_related("order_line__variant").order_by("stock_id"):
        line = piece.order_line
        line.quantity_fulfilled -= piece.quantity
        line.save(update_fields=["quantity_fulfilled"])
        if line.variant and line.variant.track_inventory:
            stock, _ = Stock.objects.get_or_create(variant=line.variant, warehouse_id=key)
            put_back(stock.pk, line, piece.quantity)
    fulfillment.status = "CANCELED"
    fulfillment.save()
    order.status = status_of(order)
    order.save()
    note(order, "FULFILLMENT_CANCELED", app, fulfillment=fulfillment.fulfillment_order)
    note(order, "FULFILLMENT_RESTOCKED_ITEMS", app, warehouse=str(key))
    emit("FULFILLMENT_CANCELED", fulfillment)
    emit("ORDER_UPDATED", order)
