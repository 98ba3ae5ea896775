"""Who cares about which event. Packages register when Django is ready; a handler asks Saleor for the objects anew."""

from collections.abc import Callable, Sequence

Handler = Callable[[Sequence[str]], None]
HANDLERS: dict[str, Handler] = {}
VARIANT_EVENTS = (
    "ProductVariantCreated", "ProductVariantUpdated", "ProductVariantDeleted", "ProductVariantStockUpdated",
    "ProductVariantOutOfStock", "ProductVariantBackInStock",
)  # fmt: skip
PRODUCT_EVENTS = ("ProductUpdated", "ProductDeleted")
ORDER_EVENTS = ("OrderCreated", "OrderConfirmed", "OrderUpdated")  # the last comes with every other move of an order


class Later(Exception):
    """A handler cannot work now, through no fault of the objects: their messages come back soon, uncounted."""


def register(*events: str) -> Callable[[Handler], Handler]:
    """Let the decorated function work off events: it is given the keys of the objects, each once.

    It imports what it calls when it is called: every command registers it, and few need the client, whose many classes
    take a quarter of a second. It must bear repeats and any order. When it raises, it is called again with half of the
    keys, until it is clear which object is to blame; Later and SaleorUnavailable blame none.
    """

    def keep(handler: Handler) -> Handler:
        for event in events:
            if HANDLERS.setdefault(event, handler) is not handler:
                raise ValueError(f"{event} already has a handler")
        return handler

    return keep
