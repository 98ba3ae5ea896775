"""The set-up: made once, corrected when it drifts, never doubled."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from django.db import connection

from catalog.saleor.addresses import COUNTRY_AREAS, address
from catalog.saleor.client import Saleor, SaleorRefused, accepted
from catalog.saleor.generated.enums import AllocationStrategyEnum, WarehouseClickAndCollectOptionEnum
from catalog.saleor.generated.input_types import (
    AddressInput,
    ShippingMethodChannelListingAddInput,
    ShippingMethodChannelListingInput,
    ShopSettingsInput,
    WarehouseCreateInput,
)
from catalog.saleor.setup import CHANNEL, SHIPPING, WarehouseFacts, channel_id, ensure_setup, settle_warehouse
from tests.contract.receiver import Receiver
from tests.contract.shop import Shop, fresh

pytestmark = pytest.mark.django_db  # set-ups take turns by the shop's database


def test_a_second_setup_changes_nothing(shop: Shop, receiver: Receiver) -> None:
    assert ensure_setup(shop.api, receiver.url).changed == ()


def test_two_setups_at_once_agree(shop: Shop, receiver: Receiver) -> None:
    def set_up(_: int) -> tuple[str, ...]:
        try:
            return ensure_setup(shop.api, receiver.url).changed
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(set_up, range(2)))

    assert reports == [(), ()]


def test_the_channel_sells_in_dong_without_payment(shop: Shop) -> None:
    channel = shop.api.channel(slug=CHANNEL).channel

    assert channel
    assert (channel.currency_code, channel.default_country.code, channel.is_active) == ("VND", "VN", True)
    assert channel.order_settings.allow_unpaid_orders
    assert channel.order_settings.automatically_confirm_all_new_orders
    assert channel.stock_settings.allocation_strategy is AllocationStrategyEnum.PRIORITIZE_SORTING_ORDER


def test_settings_that_drifted_are_corrected(shop: Shop, receiver: Receiver) -> None:
    shop.api.update_shop_settings(input=ShopSettingsInput(fulfillmentAllowUnpaid=True))

    assert ensure_setup(shop.api, receiver.url).changed == ("shop settings",)
    assert shop.api.shop_settings().shop.fulfillment_allow_unpaid is False


def test_a_shipping_price_that_drifted_is_corrected(shop: Shop, receiver: Receiver) -> None:
    checkout = shop.basket((shop.variant(), 1))
    rate = SHIPPING["noi-tinh"]
    method = next(m for m in checkout.shipping_methods if m.name == rate.name)
    zones = shop.api.shipping_zones(first=100).shipping_zones
    assert zones
    row = next(m for e in zones.edges for m in e.node.shipping_methods or () if m.name == method.name)
    listing = ShippingMethodChannelListingAddInput(channelId=channel_id(shop.api), price=99_000)
    shop.api.set_shipping_price(id=row.id, input=ShippingMethodChannelListingInput(addChannels=[listing]))

    assert ensure_setup(shop.api, receiver.url).changed == (f"shipping rate {rate.name}",)
    prices = {m.name: m.price.amount for m in shop.basket((shop.variant(), 1)).shipping_methods}
    assert prices == {one.name: one.price for one in SHIPPING.values()}


def test_attributes_have_their_choices(shop: Shop) -> None:
    def choices(reference: str) -> dict[str | None, str | None]:
        attribute = shop.api.attribute_values(external_reference=reference, first=100).attribute
        assert attribute
        assert attribute.choices
        return {edge.node.external_reference: edge.node.name for edge in attribute.choices.edges}

    assert choices("ocop-star") == {"star-3": "3 sao", "star-4": "4 sao", "star-5": "5 sao"}
    assert choices("ocop-province") == {f"province-{code}": name for code, name in COUNTRY_AREAS.items()}
    assert len(choices("ocop-group")) == 26


def test_a_webhook_moves_with_the_shop(shop: Shop, receiver: Receiver) -> None:
    assert ensure_setup(shop.api, "http://127.0.0.1:8099/hooks/saleor/").changed == ("webhook",)
    assert ensure_setup(shop.api, receiver.url).changed == ("webhook",)

    app = shop.api.our_app().app
    assert app
    assert [hook.target_url for hook in app.webhooks or () if hook.is_active] == [receiver.url]


def test_a_warehouse_is_made_once_and_follows_its_facts(shop: Shop) -> None:
    reference = fresh("point-")
    store = WarehouseFacts(reference, "Điểm A", "1 Trần Phú", "46", collection_point=False)
    shelf = WarehouseFacts(reference, "Điểm B", "1 Trần Phú", "46", collection_point=True)

    first = settle_warehouse(shop.api, store)
    again = settle_warehouse(shop.api, shelf)

    warehouse = shop.api.warehouse(external_reference=reference).warehouse
    assert warehouse
    assert first == again == warehouse.id
    assert warehouse.name == "Điểm B"
    assert warehouse.click_and_collect_option is WarehouseClickAndCollectOptionEnum.LOCAL
    assert warehouse.is_private is False
    assert warehouse.address.country_area == "Thừa Thiên–Huế"


def test_an_unknown_warehouse_is_none(shop: Shop) -> None:
    assert shop.api.warehouse(external_reference=fresh("none-")).warehouse is None


@pytest.mark.parametrize("code", sorted(COUNTRY_AREAS))
def test_every_province_is_accepted_in_an_address(shop: Shop, code: str) -> None:
    checkout = shop.basket((shop.plenty, 1), to=address(name="An", street="1 Lê Lợi", province_code=code))

    assert checkout.shipping_address
    assert checkout.shipping_address.country_area == COUNTRY_AREAS[code]


@pytest.mark.parametrize(("code", "area"), [("46", "Thừa Thiên–Huế"), ("79", "Thành phố Hồ Chí Minh")])
def test_an_order_goes_where_saleor_has_a_spelling_of_its_own(shop: Shop, code: str, area: str) -> None:
    to = address(name="An", street="1 Lê Lợi", commune="Phường Thuận Hóa", province_code=code)
    checkout = shop.basket((shop.plenty, 1), to=to)
    method = next(m for m in checkout.shipping_methods if m.name == SHIPPING["ngoai-tinh"].name)

    order = shop.order(shop.choose(checkout, method.id))

    assert order.shipping_address
    assert (order.shipping_address.country_area, order.total.gross.amount) == (area, 135_000.0)


def test_a_price_is_what_the_buyer_pays_whatever_rates_the_country_has(shop: Shop) -> None:
    _set_rate(shop, 10)
    try:
        checkout = shop.with_delivery((shop.plenty, 1))
        total = checkout.total_price
        order = shop.order(checkout)
    finally:
        _set_rate(shop, None)

    assert (total.gross.amount, total.tax.amount) == (120_000.0, 10_909.0)
    assert (order.total.gross.amount, order.total.tax.amount) == (120_000.0, 10_909.0)


def _set_rate(shop: Shop, percent: int | None) -> None:
    query = """mutation ($rates: [TaxClassRateInput!]!) {
      taxCountryConfigurationUpdate(countryCode: VN, updateTaxClassRates: $rates) { errors { code message } } }"""
    body = {"query": query, "variables": {"rates": [{"rate": percent}]}}
    told = httpx.post(shop.api.url, json=body, headers=shop.api.headers, timeout=30).json()
    assert told["data"]["taxCountryConfigurationUpdate"]["errors"] == []


@pytest.mark.parametrize("area", ["Huế", "Thừa Thiên Huế", "Đắk Nông", "Hồ Chí Minh", "Tỉnh Lâm Đồng"])
def test_another_spelling_is_refused(shop: Shop, area: str) -> None:
    to = address(name="An", street="1 Lê Lợi", province_code="01")
    to.country_area = area

    with pytest.raises(SaleorRefused) as refused:
        shop.basket((shop.plenty, 1), to=to)

    assert [(r.field, r.code) for r in refused.value.refusals] == [("countryArea", "INVALID")]


def test_a_duplicate_warehouse_is_refused(api: Saleor, shop: Shop) -> None:
    facts = WarehouseCreateInput(
        name="X", slug=fresh("x-"), externalReference=shop.store, address=AddressInput(country="VN", city="Huế",  # type: ignore[arg-type]
                                                                                     streetAddress1="1"),
    )  # fmt: skip
    with pytest.raises(SaleorRefused) as refused:
        accepted(api.create_warehouse(input=facts).create_warehouse)

    assert [(r.field, r.code) for r in refused.value.refusals] == [("externalReference", "UNIQUE")]
