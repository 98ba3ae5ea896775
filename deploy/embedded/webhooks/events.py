"""The events that this server tells of, and writing them to the outbox within the transaction of the change."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from deploy.embedded.webhooks.models import Delivery, Webhook

PRODUCT = "Product"
VARIANT = "ProductVariant"
ORDER = "Order"
FULFILLMENT = "Fulfillment"
CATEGORY = "Category"
WAREHOUSE = "Warehouse"

EVENTS = {
    "PRODUCT_CREATED": PRODUCT,
    "PRODUCT_UPDATED": PRODUCT,
    "PRODUCT_DELETED": PRODUCT,
    "PRODUCT_METADATA_UPDATED": PRODUCT,
    "PRODUCT_VARIANT_CREATED": VARIANT,
    "PRODUCT_VARIANT_UPDATED": VARIANT,
    "PRODUCT_VARIANT_DELETED": VARIANT,
    "PRODUCT_VARIANT_METADATA_UPDATED": VARIANT,
    "PRODUCT_VARIANT_STOCK_UPDATED": VARIANT,
    "PRODUCT_VARIANT_OUT_OF_STOCK": VARIANT,
    "PRODUCT_VARIANT_BACK_IN_STOCK": VARIANT,
    "ORDER_CREATED": ORDER,
    "ORDER_CONFIRMED": ORDER,
    "ORDER_UPDATED": ORDER,
    "ORDER_PAID": ORDER,
    "ORDER_FULLY_PAID": ORDER,
    "ORDER_FULFILLED": ORDER,
    "ORDER_CANCELLED": ORDER,
    "ORDER_METADATA_UPDATED": ORDER,
    "FULFILLMENT_CREATED": FULFILLMENT,
    "FULFILLMENT_CANCELED": FULFILLMENT,
}
"""Every event and the type of its object. Its GraphQL type is its name in camel case: ProductCreated."""


def type_name(event: str) -> str:
    """PRODUCT_CREATED → ProductCreated."""
    return "".join(part.title() for part in event.split("_"))


def subscribers(event: str) -> list[Webhook]:
    """The active webhooks of active apps that asked for this event."""
    hooks = Webhook.objects.filter(is_active=True, app__is_active=True).select_related("app")
    return [hook for hook in hooks if event in hook.events]


def emit(event: str, *instances: Model, **extra: Any) -> None:
    """Write one delivery for every subscriber and object. `extra`: further facts (a warehouse's key)."""
    _write(event, [(instance, extra) for instance in instances])


def emit_stocks(event: str, stocks: Iterable[Any]) -> None:
    """Write an event of a variant for each of these stocks, with its warehouse."""
    _write(event, [(stock.variant, {"warehouse": str(stock.warehouse_id)}) for stock in stocks])


def emit_last_words(event: str, *instances: Model) -> None:
    """Like `emit`, with the payload made now: the object will be gone when it is sent."""
    _write(event, [(instance, {}) for instance in instances], now=True)


def _write(event: str, happened: list[tuple[Model, dict[str, Any]]], *, now: bool = False) -> None:
    hooks = subscribers(event) if happened else []
    if not hooks:
        return
    deliveries = [
        Delivery(webhook=hook, event=event, kind=EVENTS[event], key=str(instance.pk), extra=extra)
        for instance, extra in happened
        for hook in hooks
    ]
    if now:
        from deploy.embedded.webhooks.payload import payload  # noqa: PLC0415 - the schema is built from these modules

        for delivery in deliveries:
            delivery.payload = payload(delivery)
    Delivery.objects.bulk_create(deliveries)
