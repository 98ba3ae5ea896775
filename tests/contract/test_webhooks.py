"""Webhooks: what is announced, signed over its very bytes with a key that the server publishes."""

import json

import httpx
import pytest
from graphql import InlineFragmentNode, Visitor, parse, visit

from catalog.saleor.app.addresses import origin
from catalog.saleor.client import SaleorRefused
from catalog.saleor.generated.input_types import ProductInput, ProductVariantChannelListingAddInput, StockInput
from catalog.saleor.setup import channel_id, ensure_setup
from catalog.saleor.webhooks.errors import NotFromSaleor
from catalog.saleor.webhooks.events import read_event
from catalog.saleor.webhooks.signatures import KeyRing, verify
from catalog.saleor.webhooks.subscription import QUERY, SUBJECTS
from tests.contract.receiver import Receiver
from tests.contract.shop import Shop

pytestmark = pytest.mark.django_db  # set-ups take turns by the shop's database


@pytest.fixture(autouse=True)
def _listening(shop: Shop, receiver: Receiver) -> None:
    ensure_setup(shop.api, receiver.url)


def keys_of(shop: Shop) -> KeyRing:
    """The server's own keys, asked for anew."""
    return KeyRing(lambda: httpx.get(f"{origin(shop.api.url)}/.well-known/jwks.json").raise_for_status().json())


def test_a_delivery_is_signed_and_says_who_sent_it(shop: Shop, receiver: Receiver) -> None:
    order = shop.order(shop.with_pickup((shop.variant(stocks={shop.shelf_id: 5}), 1)))

    delivery = receiver.wait_for('"OrderCreated"', order.id)

    assert delivery.headers["Saleor-Api-Url"] == shop.api.url
    assert delivery.headers["Saleor-Event"] == "order_created"
    verify(delivery.body, delivery.headers["Saleor-Signature"], keys_of(shop))
    event = read_event(delivery.body)
    assert (event.name, event.key) == ("OrderCreated", order.id)
    assert abs((event.issued_at - order.created).total_seconds()) < 60


def test_a_changed_body_is_a_forgery(shop: Shop, receiver: Receiver) -> None:
    order = shop.order(shop.with_pickup((shop.variant(stocks={shop.shelf_id: 5}), 1)))
    delivery = receiver.wait_for('"OrderCreated"', order.id)

    with pytest.raises(NotFromSaleor):
        verify(delivery.body + b" ", delivery.headers["Saleor-Signature"], keys_of(shop))


def test_a_new_price_is_announced(shop: Shop, receiver: Receiver) -> None:
    variant = shop.variant()
    listing = ProductVariantChannelListingAddInput(channelId=channel_id(shop.api), price=111_000)

    shop.api.set_variant_price(id=variant.id, input=[listing])

    assert receiver.wait_for('"ProductVariantUpdated"', variant.external_reference or "")


def test_new_stock_is_announced(shop: Shop, receiver: Receiver) -> None:
    variant = shop.variant()

    shop.api.set_variant_stocks(id=variant.id, stocks=[StockInput(warehouse=shop.store_id, quantity=77)])

    assert receiver.wait_for('"ProductVariantStockUpdated"', variant.external_reference or "")


def test_the_last_piece_is_announced(shop: Shop, receiver: Receiver) -> None:
    variant = shop.variant(stocks={shop.shelf_id: 1})

    shop.order(shop.with_pickup((variant, 1)))

    assert receiver.wait_for('"ProductVariantOutOfStock"', variant.external_reference or "")


def test_every_move_of_an_order_is_announced_by_one_of_three_events(shop: Shop, receiver: Receiver) -> None:
    """Paid, handed over, cancelled: each comes with OrderUpdated, so that nothing else needs to be heard of."""
    variant = shop.variant(stocks={shop.shelf_id: 5})
    order = shop.order(shop.with_pickup((variant, 1)))
    for event in ("OrderCreated", "OrderConfirmed"):
        assert receiver.wait_for(f'"{event}"', order.id)

    for move in (lambda: shop.pay(order), lambda: shop.fulfil(order, shop.shelf_id)):
        move()
        receiver.deliveries.remove(receiver.wait_for('"OrderUpdated"', order.id))
    cancelled = shop.order(shop.with_pickup((variant, 1)))
    shop.api.cancel_order(id=cancelled.id)

    assert receiver.wait_for('"OrderUpdated"', cancelled.id)


def test_a_product_event_says_that_we_caused_it(shop: Shop, receiver: Receiver) -> None:
    product = shop.product()
    shop.api.update_product(external_reference=product.external_reference or "", input=ProductInput(name="Tên mới"))

    told = json.loads(receiver.wait_for('"ProductUpdated"', product.external_reference or "").body)

    assert told["issuingPrincipal"]["id"] == told["recipient"]["id"]
    assert read_event(json.dumps(told).encode()).key == "", "nothing to do"


@pytest.mark.parametrize("address", ["127.0.0.1:8000/", "ftp://example.vn/", "http:///hooks/", "http://127.0.0.1:9/"])
def test_what_is_no_address_is_refused_and_nothing_changes(shop: Shop, receiver: Receiver, address: str) -> None:
    with pytest.raises(SaleorRefused) as refused:
        ensure_setup(shop.api, address)

    assert refused.value.codes == {"INVALID"}
    assert ensure_setup(shop.api, receiver.url).changed == ()


def test_the_query_asks_for_the_events_that_are_subscribed_to_and_no_others() -> None:
    named: list[str] = []

    class Looker(Visitor):
        def enter_inline_fragment(self, node: InlineFragmentNode, *_: object) -> None:
            named.append(node.type_condition.name.value)

    visit(parse(QUERY), Looker())
    assert sorted(name for name in named if name != "App") == sorted(SUBJECTS)
