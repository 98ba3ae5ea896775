"""Checkouts in the schema."""

from typing import Any
from uuid import UUID

import graphene

from deploy.embedded.addresses.types import Address
from deploy.embedded.channels.types import Channel
from deploy.embedded.checkout.models import Checkout as Row
from deploy.embedded.checkout.models import CheckoutLine as LineRow
from deploy.embedded.checkout.pricing import Basket
from deploy.embedded.checkout.services import stock_of
from deploy.embedded.core.context import require
from deploy.embedded.core.enums import LanguageCodeEnum, enum
from deploy.embedded.core.ids import find
from deploy.embedded.core.metadata import MetadataFields, ObjectWithMetadata
from deploy.embedded.core.money import Amount, Money, Taxed, TaxedMoney
from deploy.embedded.core.objects import ModelObject, Node, NonNullList, shown_as
from deploy.embedded.payments.types import TransactionItem
from deploy.embedded.products.types import ProductVariant
from deploy.embedded.shipping.types import Offered, ShippingMethod
from deploy.embedded.warehouses.types import Warehouse

CheckoutChargeStatusEnum = enum("CheckoutChargeStatusEnum", "NONE PARTIAL FULL OVERCHARGED")
CheckoutAuthorizeStatusEnum = enum("CheckoutAuthorizeStatusEnum", "NONE PARTIAL FULL")


class DeliveryMethod(graphene.Union):
    """A collection point or a shipping method."""

    class Meta:
        types = (Warehouse, ShippingMethod)

    resolve_type = staticmethod(shown_as)


class PaymentGateway(graphene.ObjectType):
    """A way to pay that the server offers itself: none here."""

    id = graphene.ID(required=True)
    name = graphene.String(required=True)


def _basket(checkout: Row, _info: graphene.ResolveInfo) -> Basket:
    """The checkout's lines and prices, read once for an answer."""
    if not hasattr(checkout, "basket"):
        checkout.basket = Basket(checkout)
    return checkout.basket


class CheckoutLine(MetadataFields, ModelObject):
    """Pieces of one variant."""

    class Meta:
        model = LineRow
        interfaces = (Node, ObjectWithMetadata)

    variant = graphene.Field(ProductVariant, required=True)
    quantity = graphene.Int(required=True)
    unit_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_unit_price = graphene.Field(Money, required=True)
    total_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_total_price = graphene.Field(Money, required=True)
    requires_shipping = graphene.Boolean(required=True)
    price_override_reason = graphene.String()

    @staticmethod
    def resolve_variant(root: LineRow, _info: graphene.ResolveInfo) -> Any:
        """Seen in the checkout's channel."""
        root.variant.shown_in = root.basket.checkout.channel.slug
        return root.variant

    @staticmethod
    def resolve_unit_price(root: LineRow, _info: graphene.ResolveInfo) -> Taxed:
        """Of a piece."""
        return root.basket.taxed(root.basket.unit(root))

    @staticmethod
    def resolve_undiscounted_unit_price(root: LineRow, _info: graphene.ResolveInfo) -> Amount:
        """Of a piece; an app's own price counts as no discount."""
        return Amount(root.basket.unit(root), root.basket.currency)

    @staticmethod
    def resolve_total_price(root: LineRow, _info: graphene.ResolveInfo) -> Taxed:
        """Of all pieces."""
        return root.basket.taxed(root.basket.unit(root) * root.quantity)

    @staticmethod
    def resolve_undiscounted_total_price(root: LineRow, _info: graphene.ResolveInfo) -> Amount:
        """Of all pieces."""
        return Amount(root.basket.unit(root) * root.quantity, root.basket.currency)

    @staticmethod
    def resolve_requires_shipping(root: LineRow, _info: graphene.ResolveInfo) -> bool:
        """Whether it is a thing."""
        return root.variant.product.product_type.is_shipping_required


class CheckoutLineProblemInsufficientStock(graphene.ObjectType):
    """A line wants more than there is."""

    available_quantity = graphene.Int()
    line = graphene.Field(CheckoutLine, required=True)
    variant = graphene.Field(ProductVariant, required=True)


class CheckoutProblem(graphene.Union):
    """Something that would keep the checkout from becoming an order."""

    class Meta:
        types = (CheckoutLineProblemInsufficientStock,)

    @staticmethod
    def resolve_type(_root: Any, _info: Any) -> type[graphene.ObjectType]:
        """There is one kind."""
        return CheckoutLineProblemInsufficientStock


class Checkout(MetadataFields, ModelObject):
    """A buyer's open checkout; whoever knows its id may see it."""

    class Meta:
        model = Row
        interfaces = (Node, ObjectWithMetadata)

    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    channel = graphene.Field(Channel, required=True)
    billing_address = graphene.Field(Address)
    shipping_address = graphene.Field(Address)
    shipping_methods = graphene.Field(graphene.NonNull(NonNullList(ShippingMethod)))
    available_collection_points = graphene.Field(graphene.NonNull(NonNullList(Warehouse)))
    available_payment_gateways = graphene.Field(
        graphene.NonNull(NonNullList(PaymentGateway)),
        deprecation_reason="Use `paymentGatewayInitialize` instead.",
    )
    email = graphene.String()
    is_shipping_required = graphene.Boolean(required=True)
    quantity = graphene.Int(required=True)
    lines = graphene.Field(graphene.NonNull(NonNullList(CheckoutLine)))
    shipping_price = graphene.Field(TaxedMoney, required=True)
    delivery_method = graphene.Field(DeliveryMethod, deprecation_reason="Use `delivery` instead.")
    subtotal_price = graphene.Field(TaxedMoney, required=True)
    token = graphene.UUID(required=True)
    total_price = graphene.Field(TaxedMoney, required=True)
    total_balance = graphene.Field(Money, required=True)
    language_code = LanguageCodeEnum(required=True)
    transactions = NonNullList(TransactionItem)
    display_gross_prices = graphene.Boolean(required=True)
    charge_status = CheckoutChargeStatusEnum(required=True)
    authorize_status = CheckoutAuthorizeStatusEnum(required=True)
    problems = NonNullList(CheckoutProblem)

    @staticmethod
    def resolve_token(root: Row, _info: graphene.ResolveInfo) -> UUID:
        """Its key."""
        return root.pk

    @staticmethod
    def resolve_shipping_methods(root: Row, info: graphene.ResolveInfo) -> list[Offered]:
        """What is offered for the address."""
        return _basket(root, info).methods()

    @staticmethod
    def resolve_available_collection_points(root: Row, info: graphene.ResolveInfo) -> list[Any]:
        """Where everything can be collected."""
        return _basket(root, info).collection_points()

    @staticmethod
    def resolve_available_payment_gateways(_root: Row, _info: graphene.ResolveInfo) -> list[Any]:
        """Apps report payments; the server has no gateway."""
        return []

    @staticmethod
    def resolve_is_shipping_required(root: Row, info: graphene.ResolveInfo) -> bool:
        """Whether anything is a thing."""
        return _basket(root, info).needs_shipping

    @staticmethod
    def resolve_quantity(root: Row, info: graphene.ResolveInfo) -> int:
        """Pieces in all."""
        return _basket(root, info).quantity

    @staticmethod
    def resolve_lines(root: Row, info: graphene.ResolveInfo) -> list[LineRow]:
        """Its lines, each knowing the prices."""
        basket = _basket(root, info)
        for line in basket.lines:
            line.basket = basket
        return basket.lines

    @staticmethod
    def resolve_shipping_price(root: Row, info: graphene.ResolveInfo) -> Taxed:
        """Of the chosen method."""
        basket = _basket(root, info)
        return basket.taxed(basket.shipping)

    @staticmethod
    def resolve_delivery_method(root: Row, info: graphene.ResolveInfo) -> Any:
        """What was chosen."""
        if root.shipping_method is None:
            return root.collection_point
        basket = _basket(root, info)
        return Offered(root.shipping_method, basket.shipping, basket.currency)

    @staticmethod
    def resolve_subtotal_price(root: Row, info: graphene.ResolveInfo) -> Taxed:
        """All lines."""
        basket = _basket(root, info)
        return basket.taxed(basket.subtotal)

    @staticmethod
    def resolve_total_price(root: Row, info: graphene.ResolveInfo) -> Taxed:
        """Lines and shipping."""
        basket = _basket(root, info)
        return basket.taxed(basket.total)

    @staticmethod
    def resolve_total_balance(root: Row, info: graphene.ResolveInfo) -> Amount:
        """Paid less the total: below zero while something is owed."""
        basket = _basket(root, info)
        return Amount(_charged(root) - basket.total, basket.currency)

    @staticmethod
    def resolve_transactions(root: Row, info: graphene.ResolveInfo) -> Any:
        """Payments, for those who handle them."""
        require(info, "MANAGE_CHECKOUTS", "HANDLE_PAYMENTS")
        return root.transactions.all()

    @staticmethod
    def resolve_display_gross_prices(_root: Row, _info: graphene.ResolveInfo) -> bool:
        """Prices are shown with tax."""
        return True

    @staticmethod
    def resolve_charge_status(root: Row, info: graphene.ResolveInfo) -> str:
        """How much of it is paid."""
        return charge_status(_charged(root), _basket(root, info).total)

    @staticmethod
    def resolve_authorize_status(root: Row, info: graphene.ResolveInfo) -> str:
        """What is paid counts as authorized."""
        status = charge_status(_charged(root), _basket(root, info).total)
        return "FULL" if status == "OVERCHARGED" else status

    @staticmethod
    def resolve_problems(root: Row, info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        """Lines whose variant has too few pieces by now."""
        basket = _basket(root, info)
        available = dict.fromkeys((line.variant_id for line in basket.lines if line.variant.track_inventory), 0)
        for stock in stock_of(root, list(available), ordering=False):
            available[stock.variant_id] += stock.available
        short = {key for key, quantity in basket.wanted.items() if quantity > available.get(key, quantity)}
        for line in basket.lines:
            line.basket = basket
        return [
            {"available_quantity": available[line.variant_id], "line": line, "variant": line.variant}
            for line in basket.lines
            if line.variant_id in short
        ]


def _charged(checkout: Row) -> Any:
    return sum(item.charged for item in checkout.transactions.all())


def charge_status(charged: Any, total: Any) -> str:
    """NONE, PARTIAL, FULL or OVERCHARGED."""
    if charged > total:
        return "OVERCHARGED"
    if charged == total and total > 0:
        return "FULL"
    return "PARTIAL" if charged > 0 else "NONE"


class CheckoutQueries:
    """Root fields about checkouts."""

    checkout = graphene.Field(Checkout, id=graphene.ID(), token=graphene.UUID())

    @staticmethod
    def resolve_checkout(
        _root: None,
        _info: graphene.ResolveInfo,
        id: str | None = None,  # noqa: A002 - the API's name
        token: UUID | None = None,
    ) -> Row | None:
        """One checkout."""
        rows = Row.objects.select_related("channel", "shipping_method", "collection_point")
        return rows.filter(pk=token).first() if token else find(rows, id or "")
