"""Where Django looks for models; each lives with its noun."""

from storefront.basket.models import Basket, BasketLine
from storefront.checkout.models import CheckoutAttempt
from storefront.desk.models import CodeLock
from storefront.orders.models import Order, OrderLine

__all__ = ["Basket", "BasketLine", "CheckoutAttempt", "CodeLock", "Order", "OrderLine"]
