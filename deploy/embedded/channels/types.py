"""Channels in the schema."""

from typing import Any

import graphene
from django.db.models import QuerySet

from deploy.embedded.addresses.types import CountryDisplay, country
from deploy.embedded.channels.models import Channel as Row
from deploy.embedded.core.enums import enum
from deploy.embedded.core.errors import PermissionDenied
from deploy.embedded.core.ids import find
from deploy.embedded.core.metadata import MetadataFields, ObjectWithMetadata
from deploy.embedded.core.objects import ModelObject, Node, NonNullList
from deploy.embedded.core.scalars import Day

AllocationStrategyEnum = enum("AllocationStrategyEnum", "PRIORITIZE_SORTING_ORDER PRIORITIZE_HIGH_STOCK")
MarkAsPaidStrategyEnum = enum("MarkAsPaidStrategyEnum", "TRANSACTION_FLOW PAYMENT_FLOW")
TransactionFlowStrategyEnum = enum("TransactionFlowStrategyEnum", "AUTHORIZATION CHARGE")


class StockSettings(graphene.ObjectType):
    """How stock is chosen."""

    allocation_strategy = AllocationStrategyEnum(required=True)


class OrderSettings(graphene.ObjectType):
    """Rules of a channel's orders."""

    automatically_confirm_all_new_orders = graphene.Boolean(required=True)
    allow_unpaid_orders = graphene.Boolean(required=True)
    mark_as_paid_strategy = MarkAsPaidStrategyEnum(required=True)
    delete_expired_orders_after = Day(required=True, default_value=60)


class PaymentSettings(graphene.ObjectType):
    """Rules of a channel's payments."""

    default_transaction_flow_strategy = TransactionFlowStrategyEnum(required=True)


def _tax_configuration() -> Any:
    from deploy.embedded.taxes.types import TaxConfiguration  # noqa: PLC0415 - the two types name each other

    return TaxConfiguration


class Channel(MetadataFields, ModelObject):
    """Where products are listed and priced."""

    class Meta:
        model = Row
        interfaces = (Node, ObjectWithMetadata)

    slug = graphene.String(required=True)
    name = graphene.String(required=True)
    is_active = graphene.Boolean(required=True)
    currency_code = graphene.String(required=True)
    has_orders = graphene.Boolean(required=True)
    default_country = graphene.Field(CountryDisplay, required=True)
    warehouses = graphene.Field(lambda: graphene.NonNull(NonNullList(_warehouse())))
    stock_settings = graphene.Field(StockSettings, required=True)
    order_settings = graphene.Field(OrderSettings, required=True)
    payment_settings = graphene.Field(PaymentSettings, required=True)
    tax_configuration = graphene.Field(_tax_configuration, required=True)

    @staticmethod
    def resolve_has_orders(root: Row, _info: graphene.ResolveInfo) -> bool:
        """Whether anything was ordered here."""
        return root.orders.exists()

    @staticmethod
    def resolve_default_country(root: Row, _info: graphene.ResolveInfo) -> dict[str, str]:
        """The country that counts while an address is unknown."""
        return country(root.default_country)

    @staticmethod
    def resolve_warehouses(root: Row, _info: graphene.ResolveInfo) -> QuerySet[Any]:
        """Its warehouses, by slug backwards as Saleor has them."""
        return root.warehouses.order_by("-slug")

    @staticmethod
    def resolve_stock_settings(root: Row, _info: graphene.ResolveInfo) -> Row:
        """The channel's own columns."""
        return root

    resolve_order_settings = resolve_stock_settings
    resolve_payment_settings = resolve_stock_settings


def _warehouse() -> Any:
    from deploy.embedded.warehouses.types import Warehouse  # noqa: PLC0415 - the two types name each other

    return Warehouse


class ChannelQueries:
    """Root fields about channels."""

    channel = graphene.Field(Channel, id=graphene.ID(), slug=graphene.String())
    channels = NonNullList(Channel)

    @staticmethod
    def resolve_channel(
        _root: None,
        _info: graphene.ResolveInfo,
        id: str | None = None,  # noqa: A002 - the API's name
        slug: str | None = None,
    ) -> Row | None:
        """One channel."""
        return find(Row.objects.all(), id) if id else Row.objects.filter(slug=slug).first()

    @staticmethod
    def resolve_channels(_root: None, info: graphene.ResolveInfo) -> QuerySet[Row]:
        """All channels, for an app."""
        if info.context.app is None:
            raise PermissionDenied(["AUTHENTICATED_APP", "AUTHENTICATED_STAFF_USER"])
        return Row.objects.all()
