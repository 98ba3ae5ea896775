"""Who cares about which event. Packages register when Django is ready; a handler asks Saleor for the object anew."""

from collections.abc import Callable

from catalog.saleor.models import InboxMessage

Handler = Callable[[InboxMessage], None]
HANDLERS: dict[str, Handler] = {}
VARIANT_EVENTS = (
    "ProductVariantCreated", "ProductVariantUpdated", "ProductVariantDeleted", "ProductVariantStockUpdated",
    "ProductVariantOutOfStock", "ProductVariantBackInStock",
)  # fmt: skip
ORDER_EVENTS = ("OrderCreated", "OrderUpdated", "OrderFullyPaid", "OrderFulfilled", "OrderCancelled")


def register(*events: str) -> Callable[[Handler], Handler]:
    """Let the decorated function work off messages of these events; it must bear repeats and any order."""

    def keep(handler: Handler) -> Handler:
        for event in events:
            if HANDLERS.setdefault(event, handler) is not handler:
                raise ValueError(f"{event} already has a handler")
        return handler

    return keep
