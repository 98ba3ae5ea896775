"""Saleor says that an order moved: ask what it is now."""

from catalog.saleor.models import InboxMessage
from catalog.saleor.webhooks.registry import ORDER_EVENTS, register
from storefront.orders.projection import refresh_order


@register(*ORDER_EVENTS)
def order_moved(message: InboxMessage) -> None:
    """`message.key` is Saleor's id of the order. Raises SaleorUnavailable: the inbox tries again."""
    refresh_order(message.key)
