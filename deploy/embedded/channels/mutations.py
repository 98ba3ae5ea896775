"""Making and changing channels."""

from typing import Any

import graphene

from deploy.embedded.channels.models import Channel as Row
from deploy.embedded.channels.types import (
    AllocationStrategyEnum,
    Channel,
    MarkAsPaidStrategyEnum,
    TransactionFlowStrategyEnum,
)
from deploy.embedded.core.context import may, require
from deploy.embedded.core.enums import CountryCode
from deploy.embedded.core.errors import refuse
from deploy.embedded.core.ids import node, nodes
from deploy.embedded.core.metadata import MetadataInput, set_metadata
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.shipping.models import ShippingZone
from deploy.embedded.taxes.models import TaxConfiguration
from deploy.embedded.warehouses.models import ChannelWarehouse, Warehouse

ChannelError = error_type(
    "ChannelError",
    "ALREADY_EXISTS GRAPHQL_ERROR INVALID NOT_FOUND REQUIRED UNIQUE CHANNELS_CURRENCY_MUST_BE_THE_SAME "
    "CHANNEL_WITH_ORDERS DUPLICATED_INPUT_ITEM",
    shipping_zones=NonNullList(graphene.ID),
    warehouses=NonNullList(graphene.ID),
)


class StockSettingsInput(graphene.InputObjectType):
    """How stock is chosen."""

    allocation_strategy = AllocationStrategyEnum(required=True)


class OrderSettingsInput(graphene.InputObjectType):
    """Rules of a channel's orders."""

    automatically_confirm_all_new_orders = graphene.Boolean()
    allow_unpaid_orders = graphene.Boolean()
    mark_as_paid_strategy = MarkAsPaidStrategyEnum()


class PaymentSettingsInput(graphene.InputObjectType):
    """Rules of a channel's payments."""

    default_transaction_flow_strategy = TransactionFlowStrategyEnum()


class _ChannelInput(graphene.InputObjectType):
    class Meta:
        abstract = True

    is_active = graphene.Boolean()
    stock_settings = StockSettingsInput()
    add_shipping_zones = NonNullList(graphene.ID)
    add_warehouses = NonNullList(graphene.ID)
    order_settings = OrderSettingsInput()
    payment_settings = PaymentSettingsInput()
    metadata = NonNullList(MetadataInput)
    private_metadata = NonNullList(MetadataInput)


class ChannelCreateInput(_ChannelInput):
    """A new channel."""

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    currency_code = graphene.String(required=True)
    default_country = CountryCode(required=True)


class ChannelUpdateInput(_ChannelInput):
    """What changes; what is left out stays."""

    name = graphene.String()
    slug = graphene.String()
    default_country = CountryCode()
    remove_shipping_zones = NonNullList(graphene.ID)
    remove_warehouses = NonNullList(graphene.ID)


def _save(channel: Row, data: dict[str, Any]) -> None:
    """Columns, settings, metadata, and the channel's zones and warehouses."""
    slug = data.get("slug")
    if slug and Row.objects.filter(slug=slug).exclude(pk=channel.pk).exists():
        raise refuse("UNIQUE", "Channel with this Slug already exists.", "slug")
    groups = [data, *(data.get(name) or {} for name in ("stock_settings", "order_settings", "payment_settings"))]
    columns = {field.name for field in Row._meta.concrete_fields} - {"id", "metadata", "private_metadata"}
    for name, value in ((n, v) for group in groups for n, v in group.items() if n in columns and v is not None):
        setattr(channel, name, value)
    set_metadata(channel, data)
    channel.save()
    if zones := data.get("add_shipping_zones"):
        channel.shipping_zones.add(*nodes(ShippingZone.objects.all(), zones, "addShippingZones"))
    for warehouse in nodes(Warehouse.objects.all(), data.get("add_warehouses") or [], "addWarehouses"):
        ChannelWarehouse.objects.get_or_create(channel=channel, warehouse=warehouse)
    if zones := data.get("remove_shipping_zones"):
        channel.shipping_zones.remove(*nodes(ShippingZone.objects.all(), zones, "removeShippingZones"))
    if gone := data.get("remove_warehouses"):
        channel.channel_warehouses.filter(
            warehouse__in=nodes(Warehouse.objects.all(), gone, "removeWarehouses")
        ).delete()


class ChannelCreate(Mutation):
    """Make a channel."""

    class Meta:
        errors = ChannelError
        permissions = ("MANAGE_CHANNELS",)

    class Arguments:
        input = ChannelCreateInput(required=True)

    channel = graphene.Field(Channel)

    @classmethod
    def perform(cls, _info: graphene.ResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the API's name
        """With its tax configuration: flat rates, prices with tax."""
        if not (input["currency_code"].isalpha() and len(input["currency_code"]) == 3):
            raise refuse("INVALID", "Invalid currency code.", "currencyCode")
        channel = Row()
        _save(channel, {"is_active": False, **input, "currency_code": input["currency_code"].upper()})
        TaxConfiguration.objects.create(channel=channel)
        return {"channel": channel}


_KEEPERS = {
    "order_settings": "MANAGE_ORDERS",
    "checkout_settings": "MANAGE_CHECKOUTS",
    "payment_settings": "HANDLE_PAYMENTS",
}


class ChannelUpdate(Mutation):
    """Change a channel."""

    class Meta:
        errors = ChannelError
        permissions = ("MANAGE_CHANNELS", "MANAGE_ORDERS", "MANAGE_CHECKOUTS", "HANDLE_PAYMENTS")

    class Arguments:
        id = graphene.ID(required=True)
        input = ChannelUpdateInput(required=True)

    channel = graphene.Field(Channel)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        id: str,  # noqa: A002 - the API's name
        input: dict[str, Any],  # noqa: A002 - the API's name
    ) -> dict[str, Any]:
        """Only what is given changes. Who does not manage channels may change the settings of what he does manage."""
        if not may(info, "MANAGE_CHANNELS"):
            for part in input or {"": None}:
                require(info, _KEEPERS.get(part, "MANAGE_CHANNELS"))
        channel = node(Row.objects.select_for_update(), id)
        _save(channel, input)
        return {"channel": channel}
