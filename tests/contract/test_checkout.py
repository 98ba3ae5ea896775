"""From goods to an order: delivery, pickup, refusals; nothing is sold twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from catalog.saleor.addresses import address
from catalog.saleor.client import SaleorRefused, accepted
from catalog.saleor.generated.input_types import CheckoutCreateInput, CheckoutLineInput, MetadataInput
from catalog.saleor.setup import CHANNEL, SHIPPING
from catalog.saleor.turns import in_turn
from tests.contract.shop import BUYER, Shop


def test_a_delivery_costs_what_the_table_says(shop: Shop) -> None:
    variant = shop.variant(price=100_000)

    near = shop.with_delivery((variant, 2), way="noi-tinh")
    far = shop.with_delivery((variant, 2), way="ngoai-tinh")

    assert {m.name: m.price.amount for m in near.shipping_methods} == {r.name: r.price for r in SHIPPING.values()}
    assert (near.subtotal_price.gross.amount, near.shipping_price.gross.amount) == (200_000.0, 20_000.0)
    assert (near.total_price.gross.amount, near.total_price.tax.amount) == (220_000.0, 0.0)
    assert far.total_price.gross.amount == 235_000.0
    assert near.total_price.gross.currency == "VND"


def test_an_order_to_be_sent(shop: Shop) -> None:
    variant = shop.variant(price=100_000, stocks={shop.store_id: 10})
    checkout = shop.with_delivery((variant, 2))

    order = shop.order(checkout)

    assert (order.status.value, order.charge_status.value, order.is_paid) == ("UNCONFIRMED", "NONE", False)
    assert order.total.gross.amount == 220_000.0
    assert order.shipping_method_name == SHIPPING["noi-tinh"].name
    assert order.collection_point_name is None
    assert order.user_email == "an@example.com"
    assert order.checkout_id == checkout.id
    assert order.channel.slug == CHANNEL
    assert order.shipping_address
    assert order.shipping_address.street_address_1 == "12 Lê Lợi"
    assert order.shipping_address.phone == "+84912345678"
    line = order.lines[0]
    assert line.variant
    assert (line.variant.external_reference, line.quantity) == (variant.external_reference, 2)
    assert (line.unit_price.gross.amount, line.total_price.gross.amount) == (100_000.0, 200_000.0)
    assert (line.product_name, line.variant_name) == ("Cà phê Cầu Đất", "Gói 500 g")
    assert [(a.warehouse.external_reference, a.quantity) for a in line.allocations or ()] == [(shop.store, 2)]
    assert shop.stock(variant) == {shop.store: (10, 2)}


def test_an_order_to_be_collected(shop: Shop) -> None:
    variant = shop.variant(price=100_000, stocks={shop.store_id: 10, shop.shelf_id: 3})
    checkout = shop.basket((variant, 2), to=None)
    assert shop.shelf in {p.external_reference for p in checkout.available_collection_points}

    order = shop.order(shop.choose(checkout, shop.shelf_id))

    assert order.total.gross.amount == 200_000.0
    assert order.collection_point_name == "Điểm OCOP Huế"
    assert order.shipping_method_name is None
    assert order.delivery_method
    assert order.delivery_method.typename__ == "Warehouse"
    assert shop.stock(variant) == {shop.store: (10, 0), shop.shelf: (3, 2)}


def test_a_point_without_all_the_goods_is_not_offered(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 10, shop.shelf_id: 1})

    checkout = shop.basket((variant, 2), to=None)

    assert shop.shelf not in {p.external_reference for p in checkout.available_collection_points}
    chosen = shop.choose(checkout, shop.shelf_id)  # Saleor lets it be chosen, and refuses the order
    with pytest.raises(SaleorRefused) as refused:
        shop.order(chosen)
    assert refused.value.codes == {"INSUFFICIENT_STOCK"}
    assert shop.stock(variant) == {shop.store: (10, 0), shop.shelf: (1, 0)}


def test_the_goods_on_a_shelf_are_not_sent_by_parcel(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 1, shop.shelf_id: 50})
    checkout = shop.with_delivery((variant, 2))  # until the order, Saleor counts the stock of collection points too

    with pytest.raises(SaleorRefused) as refused:
        shop.order(checkout)

    assert refused.value.codes == {"INSUFFICIENT_STOCK"}
    assert shop.stock(variant) == {shop.store: (1, 0), shop.shelf: (50, 0)}


def test_completing_twice_gives_the_same_order(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 10})
    checkout = shop.with_delivery((variant, 1))

    first, second = shop.order(checkout), shop.order(checkout)

    assert (first.id, first.number) == (second.id, second.number)
    assert shop.stock(variant) == {shop.store: (10, 1)}


def test_completing_twice_at_once_gives_one_order(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 10})
    checkout = shop.with_delivery((variant, 1))

    with ThreadPoolExecutor(2) as pool:
        orders = list(pool.map(lambda _: shop.order(checkout), range(2)))

    assert orders[0].id == orders[1].id
    assert shop.stock(variant) == {shop.store: (10, 1)}


def test_two_buyers_for_the_last_piece(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 1})
    first, second = shop.with_delivery((variant, 1)), shop.with_delivery((variant, 1))

    shop.order(first)
    with pytest.raises(SaleorRefused) as refused:
        shop.order(second)

    assert refused.value.codes == {"INSUFFICIENT_STOCK"}
    assert refused.value.refusals[0].variants == (variant.id,)
    assert shop.stock(variant) == {shop.store: (1, 1)}


@pytest.mark.django_db(transaction=True)
def test_buyers_at_once_for_few_pieces(shop: Shop) -> None:
    """As the shop orders: goods by goods in turn, without which Saleor 3.23 sells more than there is."""
    variant = shop.variant(stocks={shop.store_id: 3})
    checkouts = [shop.with_delivery((variant, 1)) for _ in range(8)]

    def buy(checkout_id: str) -> str:
        try:
            with in_turn([variant.external_reference or ""]):
                accepted(shop.api.complete_checkout(id=checkout_id).checkout_complete)
        except SaleorRefused as refused:
            return "".join(refused.codes)
        finally:
            connection.close()
        return "sold"

    with ThreadPoolExecutor(8) as pool:
        results = sorted(pool.map(buy, [checkout.id for checkout in checkouts]))

    assert results == ["INSUFFICIENT_STOCK"] * 5 + ["sold"] * 3
    assert shop.stock(variant) == {shop.store: (3, 3)}


def test_more_than_there_is_cannot_be_put_into_a_checkout(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 2})

    with pytest.raises(SaleorRefused) as refused:
        shop.basket((variant, 3))

    assert [(r.field, r.code) for r in refused.value.refusals] == [("quantity", "INSUFFICIENT_STOCK")]


def test_no_pieces_at_all_are_refused(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 100})

    with pytest.raises(SaleorRefused) as refused:
        shop.basket((variant, 0))

    assert refused.value.codes == {"ZERO_QUANTITY"}


def test_fifty_boxes_may_hold_more_than_fifty_of_a_part(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 200})

    order = shop.order(shop.with_delivery((variant, 150)))

    assert order.lines[0].quantity == 150
    assert shop.stock(variant) == {shop.store: (200, 150)}


def test_an_order_needs_a_delivery_method(shop: Shop) -> None:
    checkout = shop.basket((shop.variant(), 1))

    with pytest.raises(SaleorRefused) as refused:
        shop.order(checkout)

    assert [(r.field, r.code) for r in refused.value.refusals] == [("shippingMethod", "SHIPPING_METHOD_NOT_SET")]


def test_an_order_needs_an_email(shop: Shop) -> None:
    checkout = shop.basket((shop.variant(stocks={shop.shelf_id: 1}), 1), to=None, email=None)
    shop.choose(checkout, shop.shelf_id)

    with pytest.raises(SaleorRefused) as refused:
        shop.order(checkout)
    assert refused.value.codes == {"EMAIL_NOT_SET"}

    shop.api.set_checkout_email(id=checkout.id, email="binh@example.com")
    assert shop.order(checkout).user_email == "binh@example.com"


def test_an_order_needs_a_billing_address(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.shelf_id: 1})
    facts = CheckoutCreateInput(
        channel=CHANNEL, email="a@example.com", lines=[CheckoutLineInput(variantId=variant.id, quantity=1)]
    )
    checkout = accepted(shop.api.create_checkout(input=facts).checkout_create).checkout
    assert checkout
    shop.choose(checkout, shop.shelf_id)

    with pytest.raises(SaleorRefused) as refused:
        shop.order(checkout)
    assert refused.value.codes == {"BILLING_ADDRESS_NOT_SET"}

    shop.api.set_checkout_billing_address(id=checkout.id, address=BUYER)
    assert shop.order(checkout).billing_address


def test_an_address_can_come_later(shop: Shop) -> None:
    checkout = shop.basket((shop.variant(), 1), to=None)
    assert checkout.shipping_methods == []

    answer = shop.api.set_checkout_shipping_address(id=checkout.id, address=BUYER)

    with_address = accepted(answer.checkout_shipping_address_update).checkout
    assert with_address
    assert {m.name for m in with_address.shipping_methods} == {r.name for r in SHIPPING.values()}


@pytest.mark.parametrize(("field", "value"), [("phone", "12"), ("street", "")])
def test_an_address_that_cannot_be_is_refused(shop: Shop, field: str, value: str) -> None:
    facts = {"name": "An", "street": "1 Lê Lợi", "province_code": "01"} | {field: value}

    with pytest.raises(SaleorRefused) as refused:
        shop.basket((shop.variant(), 1), to=address(**facts))  # type: ignore[arg-type]

    expected = {"phone": ("phone", "INVALID"), "street": ("streetAddress1", "REQUIRED")}[field]
    assert [(r.field, r.code) for r in refused.value.refusals] == [expected]


def test_metadata_of_a_checkout_and_its_lines_reaches_the_order(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.shelf_id: 5})
    line = CheckoutLineInput(
        variantId=variant.id, quantity=1, metadata=[MetadataInput(key="chosao.certificate", value="7")]
    )
    facts = CheckoutCreateInput(
        channel=CHANNEL, email="a@example.com", lines=[line], billingAddress=BUYER,
        metadata=[MetadataInput(key="chosao.basket", value="b:1")],
    )  # fmt: skip
    checkout = accepted(shop.api.create_checkout(input=facts).checkout_create).checkout
    assert checkout

    order = shop.order(shop.choose(checkout, shop.shelf_id))

    assert {m.key: m.value for m in order.metadata}["chosao.basket"] == "b:1"
    assert {m.key: m.value for m in order.lines[0].metadata} == {"chosao.certificate": "7"}


def test_a_checkout_is_read_by_its_id(shop: Shop) -> None:
    variant = shop.variant(price=100_000, stocks={shop.shelf_id: 5})
    checkout = shop.with_pickup((variant, 1))
    assert checkout.total_price.gross.amount == 100_000.0

    read = shop.api.checkout(id=checkout.id).checkout

    assert read
    assert read.id == checkout.id
    assert [(line.quantity, line.variant.external_reference) for line in read.lines] == [
        (1, variant.external_reference)
    ]


def test_a_completed_checkout_is_gone(shop: Shop) -> None:
    checkout = shop.with_pickup((shop.variant(stocks={shop.shelf_id: 1}), 1))
    shop.order(checkout)

    assert shop.api.checkout(id=checkout.id).checkout is None
