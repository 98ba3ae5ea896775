"""Making and changing shipping zones, methods and prices."""

from typing import Any

import graphene

from deploy.embedded.channels.models import Channel
from deploy.embedded.core.errors import refuse
from deploy.embedded.core.ids import node, nodes
from deploy.embedded.core.money import too_precise
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.core.scalars import PositiveDecimal, WeightScalar
from deploy.embedded.shipping.models import ShippingMethodChannelListing
from deploy.embedded.shipping.models import ShippingMethodType as MethodRow
from deploy.embedded.shipping.models import ShippingZone as ZoneRow
from deploy.embedded.shipping.types import ShippingMethodType, ShippingMethodTypeEnum, ShippingZone
from deploy.embedded.warehouses.models import Warehouse

ShippingError = error_type(
    "ShippingError",
    "ALREADY_EXISTS GRAPHQL_ERROR INVALID MAX_LESS_THAN_MIN NOT_FOUND REQUIRED UNIQUE DUPLICATED_INPUT_ITEM",
    warehouses=NonNullList(graphene.ID),
    channels=NonNullList(graphene.ID),
)


class ShippingZoneCreateInput(graphene.InputObjectType):
    """A new zone."""

    name = graphene.String()
    description = graphene.String()
    countries = NonNullList(graphene.String)
    default = graphene.Boolean()
    add_warehouses = NonNullList(graphene.ID)
    add_channels = NonNullList(graphene.ID)


class ShippingZoneUpdateInput(ShippingZoneCreateInput):
    """What changes; what is left out stays."""

    remove_warehouses = NonNullList(graphene.ID)
    remove_channels = NonNullList(graphene.ID)


def _save_zone(zone: ZoneRow, data: dict[str, Any]) -> None:
    for name in ("name", "description", "countries", "default"):
        if data.get(name) is not None:
            setattr(zone, name, data[name])
    if not zone.name.strip():
        raise refuse("REQUIRED", "This field cannot be blank.", "name")
    zone.save()
    for name, model in (("channels", Channel), ("warehouses", Warehouse)):
        related = getattr(zone, name)
        if given := data.get(f"add_{name}"):
            found = nodes(model.objects.all(), given, f"add{name.title()}")
            if name == "warehouses":
                _check_shared_channel(zone, found, given)
            related.add(*found)
        if given := data.get(f"remove_{name}"):
            related.remove(*nodes(model.objects.all(), given, f"remove{name.title()}"))


def _check_shared_channel(zone: ZoneRow, warehouses: list[Warehouse], given: list[str]) -> None:
    """A warehouse joins a zone only when some channel has both."""
    channels = set(zone.channels.values_list("pk", flat=True))
    lonely = [
        value
        for value, warehouse in zip(given, warehouses, strict=True)
        if not channels & set(warehouse.channels.values_list("pk", flat=True))
    ]
    if lonely:
        raise refuse(
            "INVALID",
            "Only warehouses that have common channel with shipping zone can be assigned.",
            "addWarehouses",
            warehouses=lonely,
        )


class ShippingZoneCreate(Mutation):
    """Make a zone."""

    class Meta:
        errors = ShippingError
        permissions = ("MANAGE_SHIPPING",)

    class Arguments:
        input = ShippingZoneCreateInput(required=True)

    shipping_zone = graphene.Field(ShippingZone)

    @classmethod
    def perform(cls, _info: graphene.ResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the API's name
        """With its channels and warehouses."""
        zone = ZoneRow()
        _save_zone(zone, input)
        return {"shipping_zone": zone}


class ShippingZoneUpdate(Mutation):
    """Change a zone."""

    class Meta:
        errors = ShippingError
        permissions = ("MANAGE_SHIPPING",)

    class Arguments:
        id = graphene.ID(required=True)
        input = ShippingZoneUpdateInput(required=True)

    shipping_zone = graphene.Field(ShippingZone)

    @classmethod
    def perform(
        cls,
        _info: graphene.ResolveInfo,
        *,
        id: str,  # noqa: A002 - the API's name
        input: dict[str, Any],  # noqa: A002 - the API's name
    ) -> dict[str, Any]:
        """Only what is given changes."""
        zone = node(ZoneRow.objects.all(), id)
        _save_zone(zone, input)
        return {"shipping_zone": zone}


class ShippingPriceInput(graphene.InputObjectType):
    """A new method of a zone."""

    name = graphene.String()
    description = graphene.JSONString()
    minimum_order_weight = WeightScalar()
    maximum_order_weight = WeightScalar()
    maximum_delivery_days = graphene.Int()
    minimum_delivery_days = graphene.Int()
    type = ShippingMethodTypeEnum()
    shipping_zone = graphene.ID()


class ShippingPriceCreate(Mutation):
    """Make a method."""

    class Meta:
        errors = ShippingError
        permissions = ("MANAGE_SHIPPING",)

    class Arguments:
        input = ShippingPriceInput(required=True)

    shipping_zone = graphene.Field(ShippingZone)
    shipping_method = graphene.Field(ShippingMethodType)

    @classmethod
    def perform(cls, _info: graphene.ResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the API's name
        """It costs nothing anywhere until it is listed in a channel."""
        for name, field in (("name", "name"), ("type", "type"), ("shipping_zone", "shippingZone")):
            if not input.get(name):
                raise refuse("REQUIRED", "This field is required.", field)
        zone = node(ZoneRow.objects.all(), input["shipping_zone"], "shippingZone")
        least, most = input.get("minimum_delivery_days"), input.get("maximum_delivery_days")
        if least is not None and most is not None and least > most:
            raise refuse(
                "INVALID", "Minimum delivery days should be lower than maximum delivery days.", "minimumDeliveryDays"
            )
        method = MethodRow.objects.create(**{**input, "shipping_zone": zone})
        return {"shipping_zone": zone, "shipping_method": method}


class ShippingMethodChannelListingAddInput(graphene.InputObjectType):
    """A method's price in a channel."""

    channel_id = graphene.ID(required=True)
    price = PositiveDecimal()
    minimum_order_price = PositiveDecimal()
    maximum_order_price = PositiveDecimal()


class ShippingMethodChannelListingInput(graphene.InputObjectType):
    """Prices to set and channels to leave."""

    add_channels = NonNullList(ShippingMethodChannelListingAddInput)
    remove_channels = NonNullList(graphene.ID)


class ShippingMethodChannelListingUpdate(Mutation):
    """Set a method's prices."""

    class Meta:
        errors = ShippingError
        permissions = ("MANAGE_SHIPPING",)

    class Arguments:
        id = graphene.ID(required=True)
        input = ShippingMethodChannelListingInput(required=True)

    shipping_method = graphene.Field(ShippingMethodType)

    @classmethod
    def perform(
        cls,
        _info: graphene.ResolveInfo,
        *,
        id: str,  # noqa: A002 - the API's name
        input: dict[str, Any],  # noqa: A002 - the API's name
    ) -> dict[str, Any]:
        """The channel must belong to the method's zone."""
        method = node(
            MethodRow.objects.select_related("shipping_zone"), id, "id", "ShippingMethodType", "ShippingMethod"
        )
        for given in input.get("add_channels") or []:
            cls._price(method, given)
        if gone := input.get("remove_channels"):
            method.channel_listings.filter(channel__in=nodes(Channel.objects.all(), gone, "removeChannels")).delete()
        return {"shipping_method": method}

    @staticmethod
    def _price(method: MethodRow, given: dict[str, Any]) -> None:
        channel = node(Channel.objects.all(), given["channel_id"], "channelId")
        if not method.shipping_zone.channels.filter(pk=channel.pk).exists():
            raise refuse(
                "INVALID",
                "Some of the channels are not assigned to the shipping zone.",
                "addChannels",
                channels=[given["channel_id"]],
            )
        prices = {n: given[n] for n in ("price", "minimum_order_price", "maximum_order_price") if n in given}
        for name, price in prices.items():
            if price is not None and too_precise(price, channel.currency_code):
                raise refuse(
                    "INVALID",
                    "Value cannot have more decimals than the currency.",
                    name,
                    channels=[given["channel_id"]],
                )
        listing = ShippingMethodChannelListing.objects.filter(shipping_method=method, channel=channel).first()
        if listing is None and prices.get("price") is None:
            raise refuse("REQUIRED", "This field is required.", "price", channels=[given["channel_id"]])
        ShippingMethodChannelListing.objects.update_or_create(
            shipping_method=method,
            channel=channel,
            defaults=prices,
            create_defaults={"minimum_order_price": 0, **prices},
        )
