"""The shop's settings, the sales channel with its taxes, and how parcels are priced."""

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from catalog.saleor.client import Saleor, accepted
from catalog.saleor.generated.enums import (
    AllocationStrategyEnum,
    CountryCode,
    MarkAsPaidStrategyEnum,
    ShippingMethodTypeEnum,
    TaxCalculationStrategy,
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
    ShippingZoneUpdateInput,
    ShopSettingsInput,
    StockSettingsInput,
    TaxConfigurationUpdateInput,
)
from catalog.saleor.setup.changes import Change, differences, require_same


class ShippingRate(NamedTuple):
    """A way of sending, known in Saleor by its `name`; `price` is đồng an order, tax included."""

    name: str
    price: int


CHANNEL: Final = "cho-sao"
ZONE: Final = "Việt Nam · Chợ Sao"
SHIPPING: Final[Mapping[str, ShippingRate]] = MappingProxyType({
    "noi-tinh": ShippingRate("Giao trong tỉnh", 20_000),
    "ngoai-tinh": ShippingRate("Giao khác tỉnh", 35_000),
})  # fmt: skip

# Saleor keeps these for all channels together. An order is paid at the hand-over and only then fulfilled, so nothing
# unpaid may leave; a fulfilment waits for nobody's approval; a collection point's shelf serves nothing but collection,
# which needs stock to follow shipping zones. How many pieces an order may have is our basket's to say: fifty boxes hold
# more than fifty of a part.
_SHOP: Final[Mapping[str, Any]] = MappingProxyType({
    "fulfillmentAllowUnpaid": False,
    "fulfillmentAutoApprove": True,
    "useLegacyShippingZoneStockAvailability": True,
    "limitQuantityPerCheckout": None,
})  # fmt: skip
# Cash on delivery: an order counts before it is paid, and is paid by a transaction when it is handed over.
_ORDERS: Final[Mapping[str, Any]] = MappingProxyType({
    "allowUnpaidOrders": True,
    "automaticallyConfirmAllNewOrders": True,
    "markAsPaidStrategy": MarkAsPaidStrategyEnum.TRANSACTION_FLOW,
})  # fmt: skip
_ALLOCATION: Final = AllocationStrategyEnum.PRIORITIZE_SORTING_ORDER
# What a price says is what the buyer pays: entered and shown with tax. A country's rate, which other channels may need,
# then only says how much of it is tax. With taxes not charged Saleor takes that part off the price (seen on 3.23.28).
_TAXES: Final[Mapping[str, Any]] = MappingProxyType({
    "chargeTaxes": True,
    "displayGrossPrices": True,
    "pricesEnteredWithTax": True,
    "taxCalculationStrategy": TaxCalculationStrategy.FLAT_RATES,
})  # fmt: skip


def plan_shop_settings(api: Saleor) -> Iterator[Change]:
    """The settings that hold for every channel of this Saleor."""
    shop = api.shop_settings().shop.model_dump(by_alias=True)
    if wrong := differences(shop, _SHOP):
        send = partial(api.update_shop_settings, input=ShopSettingsInput(**_SHOP))
        yield Change("shop settings", send, wrong, shared=True)


def used_by_others(api: Saleor) -> bool:
    """Does this Saleor have another channel with orders?"""
    return any(channel.has_orders and channel.slug != CHANNEL for channel in api.channels().channels or ())


def plan_channel(api: Saleor) -> Iterator[Change]:
    """The channel in đồng, with the settings that cash on delivery relies on. Raises SetupConflict.

    A new channel's taxes are as they must be; they are looked at when it is there.
    """
    known = api.channel(slug=CHANNEL).channel
    if known is None:
        yield Change(f"channel {CHANNEL}", partial(_create_channel, api))
        return
    require_same(f"channel {CHANNEL}", {"currency": known.currency_code}, {"currency": "VND"})
    if wrong := differences(_facts_of(known), {"isActive": True, "allocationStrategy": _ALLOCATION, **_ORDERS}):
        change = ChannelUpdateInput(isActive=True, orderSettings=_order_settings(), stockSettings=_stock_settings())
        yield Change(f"channel {CHANNEL}", partial(api.update_channel, id=known.id, input=change), wrong)
    if wrong := differences(known.tax_configuration.model_dump(by_alias=True), _TAXES):
        taxes = partial(api.set_taxes, id=known.tax_configuration.id, input=TaxConfigurationUpdateInput(**_TAXES))
        yield Change(f"taxes of channel {CHANNEL}", taxes, wrong)


def plan_shipping(api: Saleor) -> Iterator[Change]:
    """The zone and its rates, at the prices of the table `SHIPPING`."""
    zone = _zone(api)
    if zone is None:
        yield Change(f"shipping zone {ZONE}", partial(_create_zone, api))
    elif CHANNEL not in {channel.slug for channel in zone.channels}:
        yield Change(f"shipping zone {ZONE}", partial(_add_to_zone, api), (f"channels: add {CHANNEL}",))
    methods = {method.name: method for method in zone.shipping_methods or ()} if zone else {}
    for rate in SHIPPING.values():
        known = methods.get(rate.name)
        listed = known.channel_listings or () if known else ()
        now = next((one.price.amount for one in listed if one.channel.slug == CHANNEL and one.price), None)
        if now != rate.price:
            wrong = differences({"price": now}, {"price": rate.price}) if known else ()
            yield Change(f"shipping rate {rate.name}", partial(_set_rate, api, rate), wrong)


@lru_cache(maxsize=8)
def channel_id(api: Saleor) -> str:
    """Saleor's id of our channel. Raises LookupError before the set-up."""
    return _channel(api).id


@lru_cache(maxsize=8)
def zone_id(api: Saleor) -> str:
    """Saleor's id of our shipping zone. Raises LookupError before the set-up."""
    zone = _zone(api)
    if zone is None:
        raise LookupError(f"Saleor has no shipping zone {ZONE}")
    return zone.id


def _channel(api: Saleor) -> ChannelFields:
    channel = api.channel(slug=CHANNEL).channel
    if channel is None:
        raise LookupError(f"Saleor has no channel {CHANNEL}")
    return channel


def _facts_of(channel: ChannelFields) -> dict[str, Any]:
    orders = channel.order_settings.model_dump(by_alias=True)
    strategy = channel.stock_settings.allocation_strategy
    return {"isActive": channel.is_active, "allocationStrategy": strategy, **orders}


def _order_settings() -> OrderSettingsInput:
    return OrderSettingsInput(**_ORDERS)


def _stock_settings() -> StockSettingsInput:
    return StockSettingsInput(allocationStrategy=_ALLOCATION)


def _create_channel(api: Saleor) -> None:
    facts = ChannelCreateInput(
        name="Chợ Sao",
        slug=CHANNEL,
        currencyCode="VND",
        defaultCountry=CountryCode.VN,
        isActive=True,
        orderSettings=_order_settings(),
        stockSettings=_stock_settings(),
    )
    api.create_channel(input=facts)


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


def _create_zone(api: Saleor) -> None:
    facts = ShippingZoneCreateInput(name=ZONE, countries=["VN"], addChannels=[channel_id(api)])
    api.create_shipping_zone(input=facts)


def _add_to_zone(api: Saleor) -> None:
    api.update_shipping_zone(id=zone_id(api), input=ShippingZoneUpdateInput(addChannels=[channel_id(api)]))


def _set_rate(api: Saleor, rate: ShippingRate) -> None:
    zone = _zone(api)
    known = next((one for one in zone.shipping_methods or () if one.name == rate.name), None) if zone else None
    method_id = known.id if known else _create_rate(api, rate)
    listing = ShippingMethodChannelListingAddInput(channelId=channel_id(api), price=rate.price)
    api.set_shipping_price(id=method_id, input=ShippingMethodChannelListingInput(addChannels=[listing]))


def _create_rate(api: Saleor, rate: ShippingRate) -> str:
    facts = ShippingPriceInput(name=rate.name, type=ShippingMethodTypeEnum.PRICE, shippingZone=zone_id(api))
    method = accepted(api.create_shipping_price(input=facts).shipping_price_create).shipping_method
    assert method is not None  # noqa: S101 - accepted
    return method.id
