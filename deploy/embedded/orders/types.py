"""Orders in the schema."""

from decimal import Decimal
from typing import Any

import graphene

from deploy.embedded.addresses.models import Address as AddressRow
from deploy.embedded.addresses.types import Address
from deploy.embedded.apps.types import App
from deploy.embedded.channels.types import Channel
from deploy.embedded.core.context import may, require
from deploy.embedded.core.enums import LanguageCodeEnum, enum
from deploy.embedded.core.ids import global_id
from deploy.embedded.core.metadata import MetadataFields, ObjectWithMetadata
from deploy.embedded.core.money import Amount, Money, Taxed, TaxedMoney, taxed
from deploy.embedded.core.objects import ModelObject, Node, NonNullList
from deploy.embedded.orders.fulfillments import Fulfillment, OrderLine
from deploy.embedded.orders.models import Order as Row
from deploy.embedded.orders.models import OrderEvent as EventRow
from deploy.embedded.payments.types import TransactionItem
from deploy.embedded.shipping.types import Offered

OrderStatus = enum(
    "OrderStatus",
    "DRAFT UNCONFIRMED UNFULFILLED PARTIALLY_FULFILLED PARTIALLY_RETURNED RETURNED FULFILLED CANCELED EXPIRED",
)
OrderOriginEnum = enum("OrderOriginEnum", "CHECKOUT DRAFT REISSUE BULK_CREATE")
OrderChargeStatusEnum = enum("OrderChargeStatusEnum", "NONE PARTIAL FULL OVERCHARGED")
OrderAuthorizeStatusEnum = enum("OrderAuthorizeStatusEnum", "NONE PARTIAL FULL")
PaymentChargeStatusEnum = enum(
    "PaymentChargeStatusEnum",
    "NOT_CHARGED PENDING PARTIALLY_CHARGED FULLY_CHARGED PARTIALLY_REFUNDED FULLY_REFUNDED REFUSED CANCELLED",
)
OrderEventsEnum = enum(
    "OrderEventsEnum",
    "DRAFT_CREATED DRAFT_CREATED_FROM_REPLACE ADDED_PRODUCTS REMOVED_PRODUCTS PLACED PLACED_FROM_DRAFT "
    "PLACED_AUTOMATICALLY_FROM_PAID_CHECKOUT OVERSOLD_ITEMS CANCELED EXPIRED ORDER_MARKED_AS_PAID ORDER_FULLY_PAID "
    "ORDER_REPLACEMENT_CREATED ORDER_DISCOUNT_ADDED ORDER_DISCOUNT_AUTOMATICALLY_UPDATED ORDER_DISCOUNT_UPDATED "
    "ORDER_DISCOUNT_DELETED ORDER_LINE_DISCOUNT_UPDATED ORDER_LINE_DISCOUNT_REMOVED ORDER_LINE_PRODUCT_DELETED "
    "ORDER_LINE_VARIANT_DELETED UPDATED_ADDRESS EMAIL_SENT CONFIRMED PAYMENT_AUTHORIZED PAYMENT_CAPTURED "
    "EXTERNAL_SERVICE_NOTIFICATION PAYMENT_REFUNDED PAYMENT_VOIDED PAYMENT_FAILED TRANSACTION_EVENT "
    "TRANSACTION_CHARGE_REQUESTED TRANSACTION_REFUND_REQUESTED TRANSACTION_CANCEL_REQUESTED "
    "TRANSACTION_MARK_AS_PAID_FAILED INVOICE_REQUESTED INVOICE_GENERATED INVOICE_UPDATED INVOICE_SENT "
    "FULFILLMENT_CANCELED FULFILLMENT_RESTOCKED_ITEMS FULFILLMENT_FULFILLED_ITEMS FULFILLMENT_REFUNDED "
    "FULFILLMENT_RETURNED FULFILLMENT_REPLACED FULFILLMENT_AWAITS_APPROVAL TRACKING_UPDATED NOTE_ADDED NOTE_UPDATED "
    "OTHER",
)


class OrderEvent(ModelObject):
    """Something that happened to an order."""

    class Meta:
        model = EventRow
        interfaces = (Node,)

    date = graphene.DateTime()
    type = OrderEventsEnum()
    app = graphene.Field(App)
    message = graphene.String()

    @staticmethod
    def resolve_message(root: EventRow, _info: graphene.ResolveInfo) -> str | None:
        """A note's words."""
        return root.parameters.get("message")


def _hidden(root: Row, info: graphene.ResolveInfo) -> bool:
    """A visitor who knows an order's id sees neither name nor address in full."""
    return not may(info, "MANAGE_ORDERS")


def _veiled(text: str) -> str:
    return text[:1] + "." * (len(text) - 1)


def _address(address: AddressRow | None, *, hidden: bool) -> AddressRow | None:
    if address is None or not hidden:
        return address
    for name in ("first_name", "last_name", "company_name", "street_address_1", "street_address_2", "phone"):
        setattr(address, name, _veiled(getattr(address, name)))
    return address


def _delivery_method() -> Any:
    from deploy.embedded.checkout.types import DeliveryMethod  # noqa: PLC0415 - the two modules name each other

    return DeliveryMethod


class Order(MetadataFields, ModelObject):
    """An order."""

    class Meta:
        model = Row
        interfaces = (Node, ObjectWithMetadata)

    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    status = OrderStatus(required=True)
    status_display = graphene.String(required=True)
    billing_address = graphene.Field(Address)
    shipping_address = graphene.Field(Address)
    shipping_method_name = graphene.String()
    collection_point_name = graphene.String()
    channel = graphene.Field(Channel, required=True)
    fulfillments = graphene.Field(graphene.NonNull(NonNullList(Fulfillment)))
    lines = graphene.Field(graphene.NonNull(NonNullList(OrderLine)))
    number = graphene.String(required=True)
    origin = OrderOriginEnum(required=True)
    is_paid = graphene.Boolean(required=True)
    payment_status = PaymentChargeStatusEnum(required=True)
    authorize_status = OrderAuthorizeStatusEnum(required=True)
    charge_status = OrderChargeStatusEnum(required=True)
    transactions = graphene.Field(graphene.NonNull(NonNullList(TransactionItem)))
    total = graphene.Field(TaxedMoney, required=True)
    undiscounted_total = graphene.Field(TaxedMoney, required=True)
    subtotal = graphene.Field(TaxedMoney, required=True)
    shipping_price = graphene.Field(TaxedMoney, required=True)
    total_charged = graphene.Field(Money, required=True)
    total_balance = graphene.Field(Money, required=True)
    customer_note = graphene.String(required=True)
    events = graphene.Field(graphene.NonNull(NonNullList(OrderEvent)))
    user_email = graphene.String()
    is_shipping_required = graphene.Boolean(required=True)
    delivery_method = graphene.Field(_delivery_method)
    language_code_enum = LanguageCodeEnum(required=True)
    display_gross_prices = graphene.Boolean(required=True)
    external_reference = graphene.String()
    checkout_id = graphene.ID()

    @staticmethod
    def resolve_status_display(root: Row, _info: graphene.ResolveInfo) -> str:
        """The status in words."""
        return root.status.replace("_", " ").capitalize()

    @staticmethod
    def resolve_billing_address(root: Row, info: graphene.ResolveInfo) -> AddressRow | None:
        """Who pays."""
        return _address(root.billing_address, hidden=_hidden(root, info))

    @staticmethod
    def resolve_shipping_address(root: Row, info: graphene.ResolveInfo) -> AddressRow | None:
        """Where it goes; a collection point's own address."""
        return _address(root.shipping_address, hidden=_hidden(root, info))

    @staticmethod
    def resolve_user_email(root: Row, info: graphene.ResolveInfo) -> str:
        """The buyer's address for mail."""
        return _veiled(root.user_email) if _hidden(root, info) else root.user_email

    @staticmethod
    def resolve_fulfillments(root: Row, _info: graphene.ResolveInfo) -> Any:
        """What was handed over."""
        return root.fulfillments.all()

    @staticmethod
    def resolve_lines(root: Row, _info: graphene.ResolveInfo) -> list[Any]:
        """In the order of the basket."""
        lines = list(root.lines.all())
        for line in lines:
            line.order = root
        return lines

    @staticmethod
    def resolve_origin(_root: Row, _info: graphene.ResolveInfo) -> str:
        """There is no other way here."""
        return "CHECKOUT"

    @staticmethod
    def resolve_is_paid(root: Row, _info: graphene.ResolveInfo) -> bool:
        """In full."""
        return root.charge_status in ("FULL", "OVERCHARGED")

    @staticmethod
    def resolve_payment_status(root: Row, _info: graphene.ResolveInfo) -> str:
        """How much was paid, in the older words."""
        words = {"NONE": "NOT_CHARGED", "PARTIAL": "PARTIALLY_CHARGED"}
        return words.get(root.charge_status, "FULLY_CHARGED")

    @staticmethod
    def resolve_authorize_status(root: Row, _info: graphene.ResolveInfo) -> str:
        """What is paid counts as authorized."""
        return "FULL" if root.charge_status == "OVERCHARGED" else root.charge_status

    @staticmethod
    def resolve_transactions(root: Row, info: graphene.ResolveInfo) -> Any:
        """Payments, for those who handle them."""
        require(info, "MANAGE_ORDERS", "HANDLE_PAYMENTS")
        return root.transactions.all()

    @staticmethod
    def resolve_total(root: Row, _info: graphene.ResolveInfo) -> Taxed:
        """Lines and shipping."""
        return taxed(root.total, root.currency, root.tax_rate)

    @staticmethod
    def resolve_undiscounted_total(root: Row, _info: graphene.ResolveInfo) -> Taxed:
        """Lines at the channel's prices, and shipping."""
        lines = sum((line.undiscounted_unit_price * line.quantity for line in root.lines.all()), Decimal(0))
        return taxed(lines + root.shipping_price, root.currency, root.tax_rate)

    @staticmethod
    def resolve_subtotal(root: Row, _info: graphene.ResolveInfo) -> Taxed:
        """Lines."""
        return taxed(root.total - root.shipping_price, root.currency, root.tax_rate)

    @staticmethod
    def resolve_shipping_price(root: Row, _info: graphene.ResolveInfo) -> Taxed:
        """Shipping."""
        return taxed(root.shipping_price, root.currency, root.tax_rate)

    @staticmethod
    def resolve_total_charged(root: Row, _info: graphene.ResolveInfo) -> Amount:
        """Paid so far."""
        return Amount(root.total_charged, root.currency)

    @staticmethod
    def resolve_total_balance(root: Row, _info: graphene.ResolveInfo) -> Amount:
        """Paid less the total: below zero while something is owed."""
        return Amount(root.total_charged - root.total, root.currency)

    @staticmethod
    def resolve_events(root: Row, info: graphene.ResolveInfo) -> Any:
        """What happened, for those who manage orders."""
        require(info, "MANAGE_ORDERS")
        return root.events.select_related("app")

    @staticmethod
    def resolve_is_shipping_required(root: Row, _info: graphene.ResolveInfo) -> bool:
        """Whether any line is a thing."""
        return any(line.is_shipping_required for line in root.lines.all())

    @staticmethod
    def resolve_delivery_method(root: Row, _info: graphene.ResolveInfo) -> Any:
        """A shipping method that still exists, or the collection point."""
        if root.shipping_method is None:
            return root.collection_point
        return Offered(root.shipping_method, root.shipping_price, root.currency)

    @staticmethod
    def resolve_language_code_enum(root: Row, _info: graphene.ResolveInfo) -> str:
        """The buyer's language."""
        return root.language_code

    @staticmethod
    def resolve_display_gross_prices(_root: Row, _info: graphene.ResolveInfo) -> bool:
        """Prices are shown with tax."""
        return True

    @staticmethod
    def resolve_checkout_id(root: Row, _info: graphene.ResolveInfo) -> str | None:
        """The checkout that it came from, which is gone."""
        return global_id("Checkout", root.checkout_token) if root.checkout_token else None
