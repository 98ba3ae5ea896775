"""Where Django looks for models; each lives with its noun."""

from storefront.basket.models import Basket, BasketBox, BasketLine
from storefront.checkout.models import CheckoutAttempt
from storefront.desk.models import CodeLock
from storefront.livestreams.models import BasketOrigin, BasketVoucher, BoxOrigin, LivestreamVisits, OrderOrigin
from storefront.orders.models import Order, OrderBox, OrderLine

__all__ = [
    "Basket", "BasketBox", "BasketLine", "BasketOrigin", "BasketVoucher", "BoxOrigin", "CheckoutAttempt",
    "CodeLock", "LivestreamVisits", "Order", "OrderBox", "OrderLine", "OrderOrigin",
]  # fmt: skip
