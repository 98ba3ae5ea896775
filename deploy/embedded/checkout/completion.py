"""From checkout to order: the only place where stock is promised."""

from collections.abc import Mapping
from typing import Any

from deploy.embedded.apps.models import App
from deploy.embedded.checkout.models import Checkout
from deploy.embedded.checkout.pricing import Basket
from deploy.embedded.checkout.services import check_for_sale, checkout_key, insufficient, stock_of
from deploy.embedded.core.errors import Refused, refuse
from deploy.embedded.core.metadata import merged
from deploy.embedded.orders.models import Order, OrderLine, OrderNumber
from deploy.embedded.orders.services import placed
from deploy.embedded.payments.models import TransactionItem
from deploy.embedded.warehouses.services import NotEnough, Wanted, allocate


def complete(
    id: str | None,  # noqa: A002 - the API's name
    token: Any,
    checkout_id: str | None,
    metadata: list[Mapping[str, str]] | None,
    app: App | None,
) -> Order:
    """The order of a checkout; the same one however often it is asked for.

    The checkout's row is locked first: of two requests at once the second waits, finds the checkout gone, and answers
    the order that the first one made.
    """
    key = checkout_key(id, token, checkout_id)
    checkout = Checkout.objects.select_for_update(of=("self",)).filter(pk=key).select_related("channel").first()
    if checkout is None:
        order = Order.objects.filter(checkout_token=key).first()
        if order is None:
            raise refuse("NOT_FOUND", f"Couldn't resolve to a node: {id or checkout_id or token}", "id")
        return order
    basket = Basket(checkout)
    _check(checkout, basket)
    paid = TransactionItem.objects.filter(checkout=checkout)
    charged = sum(item.charged for item in paid)
    if charged < basket.total and not checkout.channel.allow_unpaid_orders:
        message = "The authorized amount doesn't cover the checkout's total amount."
        raise refuse("CHECKOUT_NOT_FULLY_PAID", message)
    order = _write(checkout, basket, metadata)
    paid.update(order=order, checkout=None)
    checkout.delete()
    placed(order, app)
    return order


def _check(checkout: Checkout, basket: Basket) -> None:
    """In the order in which Saleor complains."""
    if not checkout.email:
        raise refuse("EMAIL_NOT_SET", "Checkout email must be set.", "email")
    if not basket.lines:
        raise refuse("NO_LINES", "Cannot complete checkout without lines.", "lines")
    if not checkout.channel.is_active:
        raise refuse("CHANNEL_INACTIVE", "Cannot complete checkout with inactive channel.", "channel")
    try:
        check_for_sale(checkout.channel, {line.variant_id for line in basket.lines})
    except Refused as refused:  # by now Saleor no longer says why
        message = "Some of the checkout lines variants are unavailable."
        raise refuse("UNAVAILABLE_VARIANT_IN_CHANNEL", message, "lines", **refused.problems[0].extra) from refused
    if basket.needs_shipping:
        _check_delivery(checkout, basket)
    if checkout.billing_address is None:
        raise refuse("BILLING_ADDRESS_NOT_SET", "Billing address is not set", "billingAddress")


def _check_delivery(checkout: Checkout, basket: Basket) -> None:
    if checkout.collection_point is not None:
        if checkout.collection_point.click_and_collect_option == "DISABLED":
            raise refuse(
                "INVALID_SHIPPING_METHOD", "Delivery method is not valid for your shipping address", "shippingMethod"
            )
        return
    if checkout.shipping_method is None:
        raise refuse("SHIPPING_METHOD_NOT_SET", "Shipping method is not set", "shippingMethod")
    if checkout.shipping_address is None:
        raise refuse("SHIPPING_ADDRESS_NOT_SET", "Shipping address is not set", "shippingAddress")
    if all(offered.method.pk != checkout.shipping_method_id for offered in basket.methods()):
        raise refuse(
            "INVALID_SHIPPING_METHOD", "Delivery method is not valid for your shipping address", "shippingMethod"
        )


def _write(checkout: Checkout, basket: Basket, metadata: list[Mapping[str, str]] | None) -> Order:
    point = checkout.collection_point
    destination = point.address.copy() if point else checkout.shipping_address
    confirmed = checkout.channel.automatically_confirm_all_new_orders and checkout.transactions.exists()
    order = Order.objects.create(
        number=OrderNumber.objects.create().pk,
        status="UNFULFILLED" if confirmed else "UNCONFIRMED",
        channel=checkout.channel,
        checkout_token=checkout.pk,
        user_email=checkout.email or "",
        language_code=checkout.language_code,
        currency=basket.currency,
        tax_rate=basket.rate,
        shipping_price=basket.shipping,
        total=basket.total,
        shipping_address=destination,
        billing_address=checkout.billing_address,
        shipping_method=checkout.shipping_method,
        shipping_method_name=checkout.shipping_method.name if checkout.shipping_method else None,
        collection_point=point,
        collection_point_name=point.name if point else None,
        metadata=merged(checkout.metadata, metadata),
        private_metadata=checkout.private_metadata,
    )
    lines = OrderLine.objects.bulk_create(_line(order, basket, index) for index in range(len(basket.lines)))
    variants = {line.variant_id: line.variant for line in basket.lines}
    tracked = [line for line in lines if line.variant.track_inventory]
    stocks = stock_of(checkout, [line.variant_id for line in tracked], ordering=True)
    wanted = [Wanted(line, line.variant_id, line.quantity) for line in tracked]
    try:
        allocate(wanted, [stock.pk for stock in stocks], checkout.channel, point)
    except NotEnough as short:
        raise insufficient(short.available, variants) from short
    return order


def _line(order: Order, basket: Basket, index: int) -> OrderLine:
    line = basket.lines[index]
    variant = line.variant
    return OrderLine(
        order=order,
        variant=variant,
        position=index,
        product_name=variant.product.name,
        variant_name=variant.name,
        product_sku=variant.sku,
        product_variant_id=variant.pk,
        is_shipping_required=variant.product.product_type.is_shipping_required,
        quantity=line.quantity,
        unit_price=basket.unit(line),
        undiscounted_unit_price=basket.unit(line),
        is_price_overridden=line.price_override is not None,
        price_override_reason=line.price_override_reason,
        metadata=line.metadata,
        private_metadata=line.private_metadata,
    )
