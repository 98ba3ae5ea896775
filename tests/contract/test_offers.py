"""Pack sizes, prices in whole đồng, stock by warehouse."""

import pytest

from catalog.saleor.client import SaleorFault, SaleorRefused, accepted
from catalog.saleor.generated.input_types import (
    ProductVariantChannelListingAddInput,
    ProductVariantInput,
    ProductVariantWhereInput,
    StockBulkUpdateInput,
    StockInput,
    StringFilterInput,
)
from catalog.saleor.setup import CHANNEL, channel_id
from tests.contract.shop import Shop, fresh


def price_of(shop: Shop, reference: str) -> list[tuple[str, float, str]]:
    """The prices of a variant: channel, amount, currency."""
    listings = shop.read_variant(reference).channel_listings or []
    return [(one.channel.slug, one.price.amount, one.price.currency) for one in listings if one.price]


def test_a_product_gets_a_second_pack_size(shop: Shop) -> None:
    product = shop.product()
    reference = f"{product.external_reference}-2"
    row = shop.variant_row(reference, price=250_000, stocks={shop.store_id: 3, shop.shelf_id: 2})

    payload = accepted(shop.api.create_variants(product=product.id, variants=[row]).product_variant_bulk_create)

    variant = accepted(payload.results[0]).product_variant
    assert variant
    assert (variant.external_reference, variant.sku, variant.name) == (reference, reference, "Gói 500 g")
    assert variant.product.external_reference == product.external_reference
    assert variant.weight
    assert (variant.weight.value, variant.weight.unit.value) == (0.5, "KG")
    assert price_of(shop, reference) == [(CHANNEL, 250_000.0, "VND")]
    assert shop.stock(variant) == {shop.store: (3, 0), shop.shelf: (2, 0)}


def test_a_pack_size_is_not_made_twice(shop: Shop) -> None:
    variant = shop.variant()
    product = shop.product()
    row = shop.variant_row(variant.external_reference or "")

    with pytest.raises(SaleorRefused) as refused:
        shop.api.create_variants(product=product.id, variants=[row])

    assert {(r.field, r.code) for r in refused.value.refusals} == {("externalReference", "UNIQUE"), ("sku", "UNIQUE")}


def test_a_variant_is_renamed(shop: Shop) -> None:
    variant = shop.variant()
    change = ProductVariantInput(name="Hộp 250 g", weight=0.25)

    answer = shop.api.update_variant(external_reference=variant.external_reference or "", input=change)

    told = accepted(answer.product_variant_update).product_variant
    assert told
    assert told.weight
    assert (told.name, told.weight.value) == ("Hộp 250 g", 0.25)
    assert told.updated_at > variant.updated_at


def test_a_price_is_changed(shop: Shop) -> None:
    variant = shop.variant(price=100_000)
    listing = ProductVariantChannelListingAddInput(channelId=channel_id(shop.api), price=123_000)

    for _ in range(2):
        shop.api.set_variant_price(id=variant.id, input=[listing])
        assert price_of(shop, variant.external_reference or "") == [(CHANNEL, 123_000.0, "VND")]


def test_a_fraction_of_a_dong_is_refused(shop: Shop) -> None:
    variant = shop.variant(price=100_000)
    listing = {"channelId": channel_id(shop.api), "price": 1000.5}

    with pytest.raises(SaleorRefused) as refused:
        shop.api.set_variant_price(id=variant.id, input=[listing])  # type: ignore[list-item]

    assert [(r.field, r.code) for r in refused.value.refusals] == [("price", "INVALID")]
    assert price_of(shop, variant.external_reference or "") == [(CHANNEL, 100_000.0, "VND")]


def test_a_negative_price_is_refused(shop: Shop) -> None:
    variant = shop.variant(price=100_000)
    listing = ProductVariantChannelListingAddInput(channelId=channel_id(shop.api), price=-1)

    with pytest.raises(SaleorFault):
        shop.api.set_variant_price(id=variant.id, input=[listing])


def test_stock_is_set_in_one_warehouse_and_kept_in_the_other(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 10})

    for _ in range(2):
        shop.api.set_variant_stocks(id=variant.id, stocks=[StockInput(warehouse=shop.shelf_id, quantity=4)])
        assert shop.stock(variant) == {shop.store: (10, 0), shop.shelf: (4, 0)}


def test_negative_stock_is_refused_in_bulk(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 10})
    row = StockBulkUpdateInput(
        variantExternalReference=variant.external_reference, warehouseExternalReference=shop.store, quantity=-1
    )

    payload = accepted(shop.api.update_stocks(stocks=[row]).stock_bulk_update)

    assert payload.count == 0
    assert [(e.field, e.code.value) for e in payload.results[0].errors or ()] == [("quantity", "INVALID")]
    assert shop.stock(variant) == {shop.store: (10, 0)}


def test_a_bulk_update_makes_no_new_stock(shop: Shop) -> None:
    known, without = shop.variant(), shop.variant(stocks={})
    rows = [
        StockBulkUpdateInput(
            variantExternalReference=variant.external_reference, warehouseExternalReference=shop.store, quantity=3
        )
        for variant in (known, without)
    ]

    payload = accepted(shop.api.update_stocks(stocks=rows).stock_bulk_update)

    assert [[e.code.value for e in row.errors or ()] for row in payload.results] == [[], ["NOT_FOUND"]]
    assert shop.stock(without) == {}


def test_stock_is_set_in_bulk_and_a_bad_row_is_told(shop: Shop) -> None:
    first, second = shop.variant(), shop.variant()
    rows = [
        StockBulkUpdateInput(
            variantExternalReference=reference, warehouseExternalReference=shop.store, quantity=quantity
        )
        for reference, quantity in (
            (first.external_reference, 7), (fresh("none-"), 8), (second.external_reference, 9),
        )
    ]  # fmt: skip

    payload = accepted(shop.api.update_stocks(stocks=rows).stock_bulk_update)

    assert payload.count == 2
    assert [[e.code.value for e in row.errors or ()] for row in payload.results] == [[], ["NOT_FOUND"], []]
    assert shop.stock(first) == {shop.store: (7, 0)}
    assert shop.stock(second) == {shop.store: (9, 0)}


def test_variants_are_found_by_sku(shop: Shop) -> None:
    skus = [shop.variant().external_reference or "" for _ in range(2)]

    page = shop.api.variants(first=100, where=ProductVariantWhereInput(sku=StringFilterInput(oneOf=skus)))

    assert page.product_variants
    assert {edge.node.external_reference for edge in page.product_variants.edges} == set(skus)


def test_an_unknown_variant_is_none(shop: Shop) -> None:
    assert shop.api.variant(external_reference=fresh("none-")).product_variant is None
