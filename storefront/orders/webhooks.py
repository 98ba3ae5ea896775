"""Saleor says that an order moved: ask what it is now."""

from catalog.offers.services import refresh_variant
from catalog.saleor.models import InboxMessage
from catalog.saleor.webhooks.registry import ORDER_EVENTS, register
from storefront.orders.projection import refresh_order


@register(*ORDER_EVENTS)
def order_moved(message: InboxMessage) -> None:
    """`message.key` is Saleor's id of the order. Raises one of `NO_ANSWER`: the inbox tries again.

    What an order takes from the shelf, or gives back, is announced for no variant, so its offers are asked for too.
    """
    order = refresh_order(message.key)
    for line in order.lines.select_related("offer__product") if order else ():
        refresh_variant(line.offer.external_reference)
