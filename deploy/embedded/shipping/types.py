"""Shipping zones and methods in the schema."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import graphene
from django.db.models import QuerySet

from deploy.embedded.addresses.types import CountryDisplay, country
from deploy.embedded.channels.types import Channel
from deploy.embedded.core.connection import Page, connection, page, paged
from deploy.embedded.core.context import require
from deploy.embedded.core.enums import WeightUnitsEnum, enum
from deploy.embedded.core.ids import find, global_id
from deploy.embedded.core.metadata import MetadataFields, ObjectWithMetadata
from deploy.embedded.core.money import Amount, Money
from deploy.embedded.core.objects import SHOWN_AS, ModelObject, Node, NonNullList
from deploy.embedded.shipping.models import ShippingMethodChannelListing as ListingRow
from deploy.embedded.shipping.models import ShippingMethodType as MethodRow
from deploy.embedded.shipping.models import ShippingZone as ZoneRow
from deploy.embedded.warehouses.types import Warehouse

ShippingMethodTypeEnum = enum("ShippingMethodTypeEnum", "PRICE WEIGHT")


class Weight(graphene.ObjectType):
    """A weight."""

    unit = WeightUnitsEnum(required=True)
    value = graphene.Float(required=True)


def kilograms(value: float | None) -> dict[str, Any] | None:
    """A weight as the schema shows it."""
    return None if value is None else {"unit": "KG", "value": value}


class ShippingMethodChannelListing(ModelObject):
    """What a method costs in a channel."""

    class Meta:
        model = ListingRow
        interfaces = (Node,)

    channel = graphene.Field(Channel, required=True)
    price = graphene.Field(Money)
    minimum_order_price = graphene.Field(Money)
    maximum_order_price = graphene.Field(Money)

    @staticmethod
    def resolve_price(root: ListingRow, _info: graphene.ResolveInfo) -> Amount:
        """With tax."""
        return Amount(root.price, root.channel.currency_code)

    @staticmethod
    def resolve_minimum_order_price(root: ListingRow, _info: graphene.ResolveInfo) -> Amount | None:
        """Orders from this total."""
        return (
            None if root.minimum_order_price is None else Amount(root.minimum_order_price, root.channel.currency_code)
        )

    @staticmethod
    def resolve_maximum_order_price(root: ListingRow, _info: graphene.ResolveInfo) -> Amount | None:
        """Orders up to this total."""
        return (
            None if root.maximum_order_price is None else Amount(root.maximum_order_price, root.channel.currency_code)
        )


class ShippingMethodType(MetadataFields, ModelObject):
    """A way to send things, as the shop manages it."""

    class Meta:
        model = MethodRow
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    description = graphene.JSONString()
    type = ShippingMethodTypeEnum()
    channel_listings = NonNullList(ShippingMethodChannelListing)
    minimum_order_weight = graphene.Field(Weight)
    maximum_order_weight = graphene.Field(Weight)
    minimum_delivery_days = graphene.Int()
    maximum_delivery_days = graphene.Int()

    @staticmethod
    def resolve_channel_listings(root: MethodRow, _info: graphene.ResolveInfo) -> QuerySet[ListingRow]:
        """Its prices."""
        return root.channel_listings.select_related("channel")

    @staticmethod
    def resolve_minimum_order_weight(root: MethodRow, _info: graphene.ResolveInfo) -> dict[str, Any] | None:
        """Orders from this weight."""
        return kilograms(root.minimum_order_weight)

    @staticmethod
    def resolve_maximum_order_weight(root: MethodRow, _info: graphene.ResolveInfo) -> dict[str, Any] | None:
        """Orders up to this weight."""
        return kilograms(root.maximum_order_weight)


@dataclass(frozen=True)
class Offered:
    """A method with its price in one channel, as a buyer is offered it."""

    method: MethodRow
    price_amount: Decimal
    currency: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.method, name)

    @property
    def price(self) -> Amount:
        """With tax."""
        return Amount(self.price_amount, self.currency)


class ShippingMethod(MetadataFields, graphene.ObjectType):
    """A way to send things, as a buyer is offered it."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    description = graphene.JSONString()
    minimum_delivery_days = graphene.Int()
    maximum_delivery_days = graphene.Int()
    price = graphene.Field(Money, required=True)
    active = graphene.Boolean(required=True)
    message = graphene.String()

    @staticmethod
    def resolve_id(root: Offered, _info: graphene.ResolveInfo) -> str:
        """The same key as the managed method's, under the buyer's type."""
        return global_id("ShippingMethod", root.method.pk)

    @staticmethod
    def resolve_active(_root: Offered, _info: graphene.ResolveInfo) -> bool:
        """What is offered can be chosen."""
        return True

    @staticmethod
    def resolve_message(_root: Offered, _info: graphene.ResolveInfo) -> str:
        """Nothing to say about one that can be chosen."""
        return ""


SHOWN_AS[Offered] = ShippingMethod  # type: ignore[index] - a view of a model, not a model


class ShippingZone(MetadataFields, ModelObject):
    """Countries served from some warehouses in some channels."""

    class Meta:
        model = ZoneRow
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    description = graphene.String()
    default = graphene.Boolean(required=True)
    countries = graphene.Field(graphene.NonNull(NonNullList(CountryDisplay)))
    shipping_methods = NonNullList(ShippingMethodType)
    warehouses = graphene.Field(graphene.NonNull(NonNullList(Warehouse)))
    channels = graphene.Field(graphene.NonNull(NonNullList(Channel)))

    @staticmethod
    def resolve_countries(root: ZoneRow, _info: graphene.ResolveInfo) -> list[dict[str, str]]:
        """Where it sends to."""
        return [country(code) for code in root.countries]

    @staticmethod
    def resolve_shipping_methods(root: ZoneRow, _info: graphene.ResolveInfo) -> QuerySet[MethodRow]:
        """How it sends."""
        return root.shipping_methods.all()

    @staticmethod
    def resolve_warehouses(root: ZoneRow, _info: graphene.ResolveInfo) -> QuerySet[Any]:
        """Where it sends from."""
        return root.warehouses.all()

    @staticmethod
    def resolve_channels(root: ZoneRow, _info: graphene.ResolveInfo) -> QuerySet[Any]:
        """For which channels."""
        return root.channels.all()


ShippingZoneCountableConnection = connection(ShippingZone)


class ShippingQueries:
    """Root fields about shipping."""

    shipping_zone = graphene.Field(ShippingZone, id=graphene.ID(required=True), channel=graphene.String())
    shipping_zones = paged(ShippingZoneCountableConnection, channel=graphene.String())

    @staticmethod
    def resolve_shipping_zone(
        _root: None,
        info: graphene.ResolveInfo,
        id: str,  # noqa: A002 - the API's name
        channel: str | None = None,
    ) -> ZoneRow | None:
        """One zone."""
        require(info, "MANAGE_SHIPPING")
        return find(ZoneRow.objects.all(), id)

    @staticmethod
    def resolve_shipping_zones(
        _root: None, info: graphene.ResolveInfo, channel: str | None = None, **paging: Any
    ) -> Page:
        """All zones, or a channel's."""
        require(info, "MANAGE_SHIPPING")
        rows = ZoneRow.objects.all()
        return page(rows.filter(channels__slug=channel) if channel else rows, info, order=["pk"], **paging)
