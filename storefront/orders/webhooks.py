"""Saleor says that orders moved: ask what they are now."""

from collections.abc import Sequence

from catalog.saleor.webhooks.registry import ORDER_EVENTS, register


@register(*ORDER_EVENTS)
def orders_moved(order_ids: Sequence[str]) -> None:
    """`order_ids` are Saleor's. Raises SaleorUnavailable: the inbox tries again."""
    from storefront.orders.projection import refresh_orders  # noqa: PLC0415 - see register

    refresh_orders(order_ids)
