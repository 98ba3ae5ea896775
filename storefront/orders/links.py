"""The signed link by which a guest's order opens: unguessable, and of no use for any other order."""

from django.core import signing
from django.urls import reverse

from storefront.basket.models import Basket
from storefront.orders.models import Order

LISTED = 5
_signer = signing.Signer(salt="storefront.orders.link", sep=".")


def token_of(order: Order) -> str:
    """What stands in the order page's address."""
    return _signer.sign(str(order.pk))


def order_url(order: Order) -> str:
    """The address of the buyer's page, in the language of the moment."""
    return reverse("order", args=[token_of(order)])


def orders_of(basket: Basket) -> list[tuple[Order, str]]:
    """The newest orders that came from a browser's basket, with their links: who lost a link finds it there."""
    orders = Order.objects.filter(attempt__basket=basket)[:LISTED]
    return [(order, order_url(order)) for order in orders]


def order_by(token: str) -> Order | None:
    """The order of a link, or None for one that we did not sign."""
    try:
        key = _signer.unsign(token)
    except signing.BadSignature:
        return None
    return Order.objects.select_related("sale_point").filter(pk=int(key)).first()
