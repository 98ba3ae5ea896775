"""The events that this server tells of, and writing them to the outbox within the transaction of the change."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from deploy.embedded.core.context import issuer
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

UNTOLD = (
    "ACCOUNT_CHANGE_EMAIL_REQUESTED ACCOUNT_CONFIRMATION_REQUESTED ACCOUNT_CONFIRMED ACCOUNT_DELETED "
    "ACCOUNT_DELETE_REQUESTED ACCOUNT_EMAIL_CHANGED ACCOUNT_SET_PASSWORD_REQUESTED ADDRESS_CREATED ADDRESS_DELETED "
    "ADDRESS_UPDATED ANY_EVENTS APP_DELETED APP_INSTALLED APP_STATUS_CHANGED APP_UPDATED ATTRIBUTE_CREATED "
    "ATTRIBUTE_DELETED ATTRIBUTE_UPDATED ATTRIBUTE_VALUE_CREATED ATTRIBUTE_VALUE_DELETED ATTRIBUTE_VALUE_UPDATED "
    "CATEGORY_CREATED CATEGORY_DELETED CATEGORY_UPDATED CHANNEL_CREATED CHANNEL_DELETED CHANNEL_METADATA_UPDATED "
    "CHANNEL_STATUS_CHANGED CHANNEL_UPDATED CHECKOUT_CREATED CHECKOUT_FULLY_AUTHORIZED CHECKOUT_FULLY_PAID "
    "CHECKOUT_METADATA_UPDATED CHECKOUT_UPDATED COLLECTION_CREATED COLLECTION_DELETED COLLECTION_METADATA_UPDATED "
    "COLLECTION_UPDATED CUSTOMER_CREATED CUSTOMER_DELETED CUSTOMER_METADATA_UPDATED CUSTOMER_TYPE_CREATED "
    "CUSTOMER_TYPE_DELETED CUSTOMER_TYPE_UPDATED CUSTOMER_UPDATED DRAFT_ORDER_CREATED DRAFT_ORDER_DELETED "
    "DRAFT_ORDER_UPDATED FULFILLMENT_APPROVED FULFILLMENT_METADATA_UPDATED FULFILLMENT_TRACKING_NUMBER_UPDATED "
    "GIFT_CARD_CREATED GIFT_CARD_DELETED GIFT_CARD_EXPORT_COMPLETED GIFT_CARD_METADATA_UPDATED GIFT_CARD_SENT "
    "GIFT_CARD_STATUS_CHANGED GIFT_CARD_UPDATED INVOICE_DELETED INVOICE_REQUESTED INVOICE_SENT MENU_CREATED "
    "MENU_DELETED MENU_ITEM_CREATED MENU_ITEM_DELETED MENU_ITEM_UPDATED MENU_UPDATED NOTIFY_USER OBSERVABILITY "
    "ORDER_BULK_CREATED ORDER_EXPIRED ORDER_FULLY_REFUNDED ORDER_REFUNDED PAGE_CREATED PAGE_DELETED PAGE_TYPE_CREATED "
    "PAGE_TYPE_DELETED PAGE_TYPE_UPDATED PAGE_UPDATED PERMISSION_GROUP_CREATED PERMISSION_GROUP_DELETED "
    "PERMISSION_GROUP_UPDATED PRODUCT_EXPORT_COMPLETED PRODUCT_MEDIA_CREATED PRODUCT_MEDIA_DELETED "
    "PRODUCT_MEDIA_UPDATED PRODUCT_VARIANT_BACK_IN_STOCK_FOR_CLICK_AND_COLLECT "
    "PRODUCT_VARIANT_BACK_IN_STOCK_IN_CHANNEL PRODUCT_VARIANT_DISCOUNTED_PRICE_UPDATED "
    "PRODUCT_VARIANT_OUT_OF_STOCK_FOR_CLICK_AND_COLLECT PRODUCT_VARIANT_OUT_OF_STOCK_IN_CHANNEL PROMOTION_CREATED "
    "PROMOTION_DELETED PROMOTION_ENDED PROMOTION_RULE_CREATED PROMOTION_RULE_DELETED PROMOTION_RULE_UPDATED "
    "PROMOTION_STARTED PROMOTION_UPDATED SALE_CREATED SALE_DELETED SALE_TOGGLE SALE_UPDATED SHIPPING_PRICE_CREATED "
    "SHIPPING_PRICE_DELETED SHIPPING_PRICE_UPDATED SHIPPING_ZONE_CREATED SHIPPING_ZONE_DELETED "
    "SHIPPING_ZONE_METADATA_UPDATED SHIPPING_ZONE_UPDATED SHOP_METADATA_UPDATED STAFF_CREATED STAFF_DELETED "
    "STAFF_SET_PASSWORD_REQUESTED STAFF_UPDATED THUMBNAIL_CREATED TRANSACTION_ITEM_METADATA_UPDATED "
    "TRANSLATION_CREATED TRANSLATION_UPDATED VOUCHER_CODES_CREATED VOUCHER_CODES_DELETED "
    "VOUCHER_CODE_EXPORT_COMPLETED VOUCHER_CREATED VOUCHER_DELETED VOUCHER_METADATA_UPDATED VOUCHER_UPDATED "
    "WAREHOUSE_CREATED WAREHOUSE_DELETED WAREHOUSE_METADATA_UPDATED WAREHOUSE_UPDATED"
)
"""Events of Saleor that never happen here. A webhook for them is refused; answers of the other server may name them."""


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
    who = issuer()
    deliveries = [
        Delivery(webhook=hook, event=event, kind=EVENTS[event], key=str(instance.pk), extra=extra, issuer=who)
        for instance, extra in happened
        for hook in hooks
    ]
    if now:
        from deploy.embedded.webhooks.payload import payload  # noqa: PLC0415 - the schema is built from these modules

        for delivery in deliveries:
            delivery.payload = payload(delivery)
    Delivery.objects.bulk_create(deliveries)
