"""Saleor says that orders moved: ask what they are now."""

from collections.abc import Sequence

from catalog.saleor.webhooks.registry import ORDER_EVENTS, register
from storefront.orders.projection import refresh_orders


@register(*ORDER_EVENTS)
def orders_moved(order_ids: Sequence[str]) -> None:
    """`order_ids` are Saleor's. Raises SaleorUnavailable: the inbox tries again."""
    refresh_orders(order_ids)
