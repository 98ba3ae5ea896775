"""The shop's settings, the sales channel, and how parcels are priced."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from catalog.saleor.client import Saleor, accepted
from catalog.saleor.generated.enums import (
    AllocationStrategyEnum,
    CountryCode,
    MarkAsPaidStrategyEnum,
    ShippingMethodTypeEnum,
)
from catalog.saleor.generated.fragments import ChannelFields, ShippingZoneFields
from catalog.saleor.generated.input_types import (
    ChannelCreateInput,
    ChannelUpdateInput,
    OrderSettingsInput,
    ShippingMethodChannelListingAddInput,
    ShippingMethodChannelListingInput,
    ShippingPriceInput,
    ShippingZoneCreateInput,
    ShopSettingsInput,
    StockSettingsInput,
)
from catalog.saleor.setup.once import unless_taken


class ShippingRate(NamedTuple):
    """A way of sending, known in Saleor by its `name`; `price` is đồng an order, tax included."""

    name: str
    price: int


CHANNEL: Final = "vn"
ZONE: Final = "Việt Nam · Chợ Sao"
SHIPPING: Final[Mapping[str, ShippingRate]] = MappingProxyType({
    "noi-tinh": ShippingRate("Giao trong tỉnh", 20_000),
    "ngoai-tinh": ShippingRate("Giao khác tỉnh", 35_000),
})  # fmt: skip

# An order is paid at the hand-over and only then fulfilled, so nothing unpaid may leave. A collection point's shelf
# serves nothing but collection: that needs stock to follow shipping zones.
_SHOP = {
    "fulfillment_allow_unpaid": False,
    "fulfillment_auto_approve": True,
    "track_inventory_by_default": True,
    "use_legacy_shipping_zone_stock_availability": True,
}


def ensure_shop_settings(api: Saleor) -> list[str]:
    """Bring the settings that our orders rely on to what they must be."""
    shop = api.shop_settings().shop
    if all(getattr(shop, name) == value for name, value in _SHOP.items()):
        return []
    settings = ShopSettingsInput(
        fulfillmentAllowUnpaid=False,
        fulfillmentAutoApprove=True,
        trackInventoryByDefault=True,
        useLegacyShippingZoneStockAvailability=True,
    )
    api.update_shop_settings(input=settings)
    return ["shop settings"]


def ensure_channel(api: Saleor) -> list[str]:
    """Make the channel, or correct the settings that cash on delivery relies on."""
    orders = OrderSettingsInput(
        allowUnpaidOrders=True,
        automaticallyConfirmAllNewOrders=True,
        markAsPaidStrategy=MarkAsPaidStrategyEnum.TRANSACTION_FLOW,
    )
    stock = StockSettingsInput(allocationStrategy=AllocationStrategyEnum.PRIORITIZE_SORTING_ORDER)
    known = api.channel(slug=CHANNEL).channel
    if known is None:
        facts = ChannelCreateInput(
            name="Chợ Sao",
            slug=CHANNEL,
            currencyCode="VND",
            defaultCountry=CountryCode.VN,
            isActive=True,
            orderSettings=orders,
            stockSettings=stock,
        )
        with unless_taken():
            api.create_channel(input=facts)
            return ["channel"]
        return []
    if _channel_is_right(known):
        return []
    api.update_channel(id=known.id, input=ChannelUpdateInput(isActive=True, orderSettings=orders, stockSettings=stock))
    return ["channel settings"]


def ensure_shipping(api: Saleor) -> list[str]:
    """Make the zone and its two rates, and bring their prices to the table `SHIPPING`."""
    zone, made = _zone(api), []
    if zone is None:
        facts = ShippingZoneCreateInput(name=ZONE, countries=["VN"], addChannels=[channel_id(api)])
        zone = accepted(api.create_shipping_zone(input=facts).shipping_zone_create).shipping_zone
        made.append("shipping zone")
    assert zone is not None  # noqa: S101 - just made
    methods = {method.name: method for method in zone.shipping_methods or ()}
    for rate in SHIPPING.values():
        known = methods.get(rate.name)
        listed = known.channel_listings or () if known else ()
        prices = [one.price.amount for one in listed if one.channel.slug == CHANNEL and one.price]
        if prices == [rate.price]:
            continue
        method_id = known.id if known else _create_rate(api, zone.id, rate)
        listing = ShippingMethodChannelListingAddInput(channelId=channel_id(api), price=rate.price)
        api.set_shipping_price(id=method_id, input=ShippingMethodChannelListingInput(addChannels=[listing]))
        made.append(rate.name)
    return made


@lru_cache(maxsize=8)
def channel_id(api: Saleor) -> str:
    """Saleor's id of our channel. Raises LookupError before `ensure_setup`."""
    channel = api.channel(slug=CHANNEL).channel
    if channel is None:
        raise LookupError(f"Saleor has no channel {CHANNEL}")
    return channel.id


@lru_cache(maxsize=8)
def zone_id(api: Saleor) -> str:
    """Saleor's id of our shipping zone. Raises LookupError before `ensure_setup`."""
    zone = _zone(api)
    if zone is None:
        raise LookupError(f"Saleor has no shipping zone {ZONE}")
    return zone.id


def _channel_is_right(channel: ChannelFields) -> bool:
    orders = channel.order_settings
    return (
        channel.is_active
        and orders.allow_unpaid_orders
        and orders.automatically_confirm_all_new_orders
        and orders.mark_as_paid_strategy is MarkAsPaidStrategyEnum.TRANSACTION_FLOW
        and channel.stock_settings.allocation_strategy is AllocationStrategyEnum.PRIORITIZE_SORTING_ORDER
    )


def _zone(api: Saleor) -> ShippingZoneFields | None:
    after = None
    while page := api.shipping_zones(first=100, after=after).shipping_zones:
        for edge in page.edges:
            if edge.node.name == ZONE:
                return edge.node
        if not page.page_info.has_next_page:
            break
        after = page.page_info.end_cursor
    return None


def _create_rate(api: Saleor, zone: str, rate: ShippingRate) -> str:
    facts = ShippingPriceInput(name=rate.name, type=ShippingMethodTypeEnum.PRICE, shippingZone=zone)
    method = accepted(api.create_shipping_price(input=facts).shipping_price_create).shipping_method
    assert method is not None  # noqa: S101 - accepted
    return method.id
