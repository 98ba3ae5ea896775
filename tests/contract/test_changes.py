"""Somebody changes something in Saleor: a true delivery of it leads to the right end state here.

The deliveries are the server's own, with its signature; they go through the shop's door into the inbox.
"""

import pytest
from django.test import Client

from catalog.offers.models import Offer, OfferStock
from catalog.offers.services import put_offer
from catalog.products.models import Product
from catalog.saleor.client import Saleor, client
from catalog.saleor.models import InboxMessage
from catalog.saleor.setup import ensure_setup
from catalog.saleor.webhooks.inbox import process_inbox
from ocop_sync.publish import sending
from ocop_sync.publish.services import publish_codes, publish_due
from storefront.orders.models import Order, State
from tests.contract.dashboard import Dashboard
from tests.contract.here import as_told, forget_orders, stock
from tests.contract.receiver import Delivery, Receiver
from tests.storefront.world import basket_with, on_sale, open_point, order, store_of

pytestmark = pytest.mark.django_db


class Wire:
    """Takes what the server delivered, and posts it to the shop's door as it came."""

    def __init__(self, receiver: Receiver, shop: Client) -> None:
        self.receiver = receiver
        self.shop = shop

    def deliver(self, *parts: str) -> int:
        """The next delivery that holds these parts, posted to the door; the status of the answer."""
        delivery = self.receiver.wait_for(*parts)
        self.receiver.deliveries.remove(delivery)
        return self._post(delivery)

    def _post(self, delivery: Delivery) -> int:
        names = ("Saleor-Api-Url", "Saleor-Signature", "Saleor-Event", "Saleor-Domain")
        headers = {name: delivery.headers[name] for name in names}
        answer = self.shop.post("/hooks/saleor/", delivery.body, content_type="application/json", headers=headers)
        return answer.status_code

    def heard(self, event: str, key: str) -> None:
        """This event of this object arrives, is kept and worked off; what we caused ourselves is passed over."""
        while self.deliver(f'"{event}"', f'"{key}"') == 200:
            continue
        assert process_inbox() == 1
        assert not InboxMessage.objects.waiting().exists()


@pytest.fixture
def wire(at_home: Saleor, receiver: Receiver, client: Client) -> Wire:
    """The shop of this test, with its webhook on this server."""
    ensure_setup(at_home, receiver.url)
    return Wire(receiver, client)


def test_a_product_that_somebody_renamed_gets_its_name_back(
    wire: Wire, published: Product, dashboard: Dashboard
) -> None:
    dashboard.rename(published.code, "OCOP 5 sao thượng hạng")
    assert not as_told(published)

    wire.heard("ProductUpdated", published.code)
    assert publish_due().updated == 1

    assert as_told(published)


def test_a_star_that_somebody_raised_is_put_right(wire: Wire, published: Product, dashboard: Dashboard) -> None:
    dashboard.set_attribute(published.code, "ocop-star", "star-5")
    assert not as_told(published)

    wire.heard("ProductUpdated", published.code)
    publish_due()

    assert as_told(published)


def test_a_product_taken_off_the_shelf_comes_back(wire: Wire, published: Product, dashboard: Dashboard) -> None:
    dashboard.show(published.code, published=False)

    wire.heard("ProductUpdated", published.code)
    assert publish_due().relisted == 1

    assert as_told(published)


def test_a_product_that_may_not_be_listed_leaves_the_shelf_again(
    wire: Wire, published: Product, dashboard: Dashboard
) -> None:
    Product.objects.filter(pk=published.pk).update(blocked="revoked")
    assert publish_codes([published.code]).delisted == 1
    dashboard.show(published.code, published=True)

    wire.heard("ProductUpdated", published.code)
    assert publish_due().delisted == 1

    found = sending.find(client(), published.code)
    assert found
    assert not sending.is_published(found)


def test_what_the_publisher_changes_starts_no_circle(wire: Wire, published: Product) -> None:
    Product.objects.filter(pk=published.pk).update(name="Cà phê Arabica Cầu Đất rang mộc")
    assert publish_codes([published.code]).updated == 1

    assert wire.deliver('"ProductUpdated"', f'"{published.code}"') == 200

    assert not InboxMessage.objects.exists()


def test_a_product_that_somebody_deleted_is_made_again_without_offers(
    wire: Wire, published: Product, dashboard: Dashboard
) -> None:
    offer = on_sale_again(published)
    dashboard.delete_product(published.code)

    wire.heard("ProductDeleted", published.code)
    assert publish_due().created == 1

    assert as_told(published)
    offer.refresh_from_db()
    assert not offer.is_active
    published.refresh_from_db()
    assert (published.price_from, published.in_stock) == (None, False)


def on_sale_again(product: Product) -> Offer:
    """A pack size for a product that is in Saleor already."""
    return put_offer(product, 1, name="Gói", price=100_000, weight=500, stocks={store_of(product.producer): 5})


def test_a_new_price(wire: Wire, offer: Offer, dashboard: Dashboard) -> None:
    dashboard.set_price(offer.external_reference, 123_000)

    wire.heard("ProductVariantUpdated", offer.external_reference)

    offer.refresh_from_db()
    assert (offer.price, offer.product.price_from) == (123_000, 123_000)


def test_a_new_stock(wire: Wire, offer: Offer, dashboard: Dashboard) -> None:
    dashboard.set_stock(offer.external_reference, store_of(offer.product.producer).external_reference, 77)

    wire.heard("ProductVariantStockUpdated", offer.external_reference)

    assert stock(offer) == (77, 0)


def test_a_new_variant(wire: Wire, offer: Offer, dashboard: Dashboard) -> None:
    reference = f"{offer.product.code}-7"
    dashboard.add_variant(offer.product.code, reference, 55_000)

    wire.heard("ProductVariantCreated", reference)

    new = Offer.objects.get(product=offer.product, number=7)
    assert (new.price, new.name, new.is_active) == (55_000, "Hộp quà", True)


def test_a_deleted_variant(wire: Wire, offer: Offer, dashboard: Dashboard) -> None:
    dashboard.delete_variant(offer.external_reference)

    wire.heard("ProductVariantDeleted", offer.external_reference)

    offer.refresh_from_db()
    assert not offer.is_active
    assert Product.objects.get(pk=offer.product_id).price_from is None


def test_the_last_piece_goes_and_comes_back(wire: Wire) -> None:
    point = open_point()
    offer = on_sale(store=0, shelves={point: 1})
    placed = order(basket_with((offer, 1)), point)
    OfferStock.objects.update(reserved=0)  # as if our own asking had been lost

    wire.heard("ProductVariantOutOfStock", offer.external_reference)
    assert OfferStock.objects.get(offer=offer, warehouse=point.warehouse).available == 0

    client().cancel_order(id=placed.saleor_id)
    wire.heard("ProductVariantBackInStock", offer.external_reference)
    assert OfferStock.objects.get(offer=offer, warehouse=point.warehouse).available == 1


def test_an_order_whose_answer_was_lost(wire: Wire, offer: Offer) -> None:
    placed = order(basket_with((offer, 2)))
    forget_orders()
    OfferStock.objects.update(reserved=0)

    wire.heard("OrderCreated", placed.saleor_id)

    found = Order.objects.get()
    assert (found.saleor_id, found.total, found.state) == (placed.saleor_id, placed.total, State.PLACED)
    assert stock(offer) == (10, 2)


def test_an_order_that_did_not_come_from_our_checkout_takes_from_our_shelf(wire: Wire, offer: Offer) -> None:
    placed = order(basket_with((offer, 3)))
    forget_orders(attempts=True)
    OfferStock.objects.update(reserved=0)

    wire.heard("OrderCreated", placed.saleor_id)

    assert not Order.objects.exists()
    assert stock(offer) == (10, 3)


def test_a_confirmed_order_is_asked_for(wire: Wire, offer: Offer, dashboard: Dashboard) -> None:
    placed = order(basket_with((offer, 1)))
    Order.objects.update(total=1)
    dashboard.confirm(placed.saleor_id)

    wire.heard("OrderConfirmed", placed.saleor_id)

    placed.refresh_from_db()
    assert placed.total == 120_000


def test_an_order_cancelled_in_the_dashboard(wire: Wire, offer: Offer, dashboard: Dashboard) -> None:
    placed = order(basket_with((offer, 2)))
    dashboard.cancel(placed.saleor_id)

    wire.heard("OrderUpdated", placed.saleor_id)

    placed.refresh_from_db()
    assert placed.state == State.CANCELLED
    assert stock(offer) == (10, 0)


def test_an_order_paid_handed_over_and_refunded_in_the_dashboard(
    wire: Wire, offer: Offer, dashboard: Dashboard
) -> None:
    placed = order(basket_with((offer, 2)))

    def moved() -> tuple[str, bool]:
        wire.heard("OrderUpdated", placed.saleor_id)
        placed.refresh_from_db()
        return placed.state, placed.is_paid

    dashboard.mark_paid(placed.saleor_id)
    assert moved() == (State.PLACED, True)
    dashboard.fulfil(placed.saleor_id)
    assert moved() == (State.HANDED_OVER, True)
    assert stock(offer) == (8, 0)
    dashboard.refund(placed.saleor_id)
    assert moved() == (State.HANDED_OVER, False)
