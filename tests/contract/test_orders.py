"""Orders: paid at the hand-over, fulfilled from one warehouse, or cancelled; found again by reconciliation."""

from datetime import timedelta

import pytest

from catalog.saleor.client import SaleorRefused
from catalog.saleor.generated.enums import OrderDirection, OrderSortField
from catalog.saleor.generated.fragments import OrderFields
from catalog.saleor.generated.input_types import DateTimeRangeInput, MetadataInput, OrderFilterInput, OrderSortingInput
from tests.contract.shop import Shop


def collected(shop: Shop, *, pieces: int = 5) -> tuple[OrderFields, str]:
    """An order of two pieces to be collected, and its variant's externalReference."""
    variant = shop.variant(price=100_000, stocks={shop.shelf_id: pieces})
    return shop.order(shop.with_pickup((variant, 2))), variant.external_reference or ""


def test_an_order_is_read_by_its_id(shop: Shop) -> None:
    order, _ = collected(shop)

    assert shop.api.order(id=order.id).order == order


def test_an_unpaid_order_is_not_handed_over(shop: Shop) -> None:
    order, reference = collected(shop)

    with pytest.raises(SaleorRefused) as refused:
        shop.fulfil(order, shop.shelf_id)

    assert refused.value.codes == {"CANNOT_FULFILL_UNPAID_ORDER"}
    assert shop.stock(shop.read_variant(reference)) == {shop.shelf: (5, 2)}


def test_an_order_is_paid_and_handed_over(shop: Shop) -> None:
    order, reference = collected(shop)

    paid = shop.pay(order)
    assert (paid.status.value, paid.charge_status.value, paid.is_paid) == ("UNCONFIRMED", "FULL", True)

    done = shop.fulfil(paid, shop.shelf_id)
    assert done.status.value == "FULFILLED"
    assert [(f.status.value, f.warehouse and f.warehouse.external_reference) for f in done.fulfillments] == [
        ("FULFILLED", shop.shelf)
    ]
    line = done.lines[0]
    assert (line.quantity_fulfilled, line.quantity_to_fulfill) == (2, 0)
    assert shop.stock(shop.read_variant(reference)) == {shop.shelf: (3, 0)}


def test_an_order_is_paid_once(shop: Shop) -> None:
    order, _ = collected(shop)
    shop.pay(order)

    with pytest.raises(SaleorRefused) as refused:
        shop.pay(order)

    assert refused.value.codes == {"TRANSACTION_ERROR"}


def test_an_order_is_handed_over_once(shop: Shop) -> None:
    order, reference = collected(shop)
    paid = shop.pay(order)
    shop.fulfil(paid, shop.shelf_id)

    with pytest.raises(SaleorRefused) as refused:
        shop.fulfil(paid, shop.shelf_id)

    assert refused.value.codes == {"FULFILL_ORDER_LINE"}
    assert shop.stock(shop.read_variant(reference)) == {shop.shelf: (3, 0)}


def test_goods_cannot_leave_a_warehouse_that_lacks_them(shop: Shop) -> None:
    order, reference = collected(shop)
    paid = shop.pay(order)

    with pytest.raises(SaleorRefused) as refused:
        shop.fulfil(paid, shop.store_id)

    assert refused.value.codes == {"INSUFFICIENT_STOCK"}
    assert shop.stock(shop.read_variant(reference)) == {shop.shelf: (5, 2)}


def test_a_cancelled_order_gives_its_goods_back(shop: Shop) -> None:
    order, reference = collected(shop)

    shop.api.cancel_order(id=order.id)

    read = shop.api.order(id=order.id).order
    assert read
    assert read.status.value == "CANCELED"
    assert shop.stock(shop.read_variant(reference)) == {shop.shelf: (5, 0)}


def test_a_cancelled_order_is_not_cancelled_again(shop: Shop) -> None:
    order, _ = collected(shop)
    shop.api.cancel_order(id=order.id)

    with pytest.raises(SaleorRefused) as again:
        shop.api.cancel_order(id=order.id)
    assert again.value.codes == {"CANNOT_CANCEL_ORDER"}


def test_saleor_itself_lets_a_cancelled_order_be_paid(shop: Shop) -> None:
    """So the desk must look at the state first: nothing but that keeps a cancelled order from being handed over."""
    order, _ = collected(shop)
    shop.api.cancel_order(id=order.id)

    paid = shop.pay(order)

    assert (paid.status.value, paid.is_paid) == ("CANCELED", True)


def test_what_was_handed_over_is_not_cancelled(shop: Shop) -> None:
    order, reference = collected(shop)
    shop.fulfil(shop.pay(order), shop.shelf_id)

    with pytest.raises(SaleorRefused) as refused:
        shop.api.cancel_order(id=order.id)

    assert refused.value.codes == {"CANNOT_CANCEL_ORDER"}
    assert shop.stock(shop.read_variant(reference)) == {shop.shelf: (3, 0)}


def test_orders_changed_since_a_moment_are_found(shop: Shop) -> None:
    orders = [collected(shop)[0] for _ in range(2)]
    moment = orders[0].updated_at - timedelta(milliseconds=1)

    page = shop.api.orders(
        first=100,
        filter_=OrderFilterInput(updatedAt=DateTimeRangeInput(gte=moment)),
        sort_by=OrderSortingInput(field=OrderSortField.LAST_MODIFIED_AT, direction=OrderDirection.ASC),
    ).orders

    assert page
    found = [edge.node for edge in page.edges]
    assert {order.id for order in orders} <= {order.id for order in found}
    assert [order.updated_at for order in found] == sorted(order.updated_at for order in found)
    assert all(order.updated_at >= moment for order in found)


def test_orders_are_found_by_their_checkout(shop: Shop) -> None:
    order, _ = collected(shop)
    assert order.checkout_id

    page = shop.api.orders(first=10, filter_=OrderFilterInput(checkoutIds=[order.checkout_id])).orders

    assert page
    assert [edge.node.id for edge in page.edges] == [order.id]


def test_metadata_is_added_to_an_order(shop: Shop) -> None:
    order, _ = collected(shop)

    for value in ("1", "2"):
        shop.api.set_metadata(id=order.id, input=[MetadataInput(key="chosao.order", value=value)])

    read = shop.api.order(id=order.id).order
    assert read
    assert {m.key: m.value for m in read.metadata}["chosao.order"] == "2"
