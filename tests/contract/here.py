"""How things stand here, and what was lost here."""

from catalog.offers.models import Offer, OfferStock
from catalog.products.models import Product
from catalog.saleor.client import client
from ocop_sync.publish import sending
from ocop_sync.publish.payload import content, expected, held
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.orders.models import Order, OrderLine


def as_told(product: Product) -> bool:
    """Is the product in Saleor as it was told, and on the shelf?"""
    found = sending.find(client(), product.code)
    assert found
    return held(found) == expected(content(product)) and sending.is_published(found)


def stock(offer: Offer) -> tuple[int, int]:
    """Pieces on hand and promised, here."""
    row = OfferStock.objects.get(offer=offer)
    return row.quantity, row.reserved


def forget_orders(*, attempts: bool = False) -> None:
    """Our notes of every order are lost, as after an answer that nobody heard; with `attempts` we never made them."""
    CheckoutAttempt.objects.update(order=None, state=AttemptState.COMPLETING)
    if attempts:
        CheckoutAttempt.objects.all().delete()
    OrderLine.objects.all().delete()
    Order.objects.all().delete()
