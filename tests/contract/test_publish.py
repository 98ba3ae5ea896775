"""Publishing: products in bulk and one by one, by externalReference."""

import pytest

from catalog.saleor.client import SaleorRefused, accepted
from catalog.saleor.generated.input_types import (
    MetadataInput,
    ProductChannelListingAddInput,
    ProductChannelListingUpdateInput,
    ProductInput,
)
from catalog.saleor.setup import CHANNEL, category_id, channel_id
from tests.contract.shop import Shop, attributes, fresh


def listing(shop: Shop, product_id: str, *, published: bool) -> None:
    """Publish the product in our channel, or take it off."""
    change = ProductChannelListingAddInput(
        channelId=channel_id(shop.api),
        isPublished=published,
        visibleInListings=published,
        isAvailableForPurchase=published,
    )
    shop.api.set_product_listing(id=product_id, input=ProductChannelListingUpdateInput(updateChannels=[change]))


def test_products_are_made_in_bulk(shop: Shop) -> None:
    references = [fresh("P"), fresh("P")]

    payload = accepted(
        shop.api.create_products(products=[shop.row(reference) for reference in references]).product_bulk_create
    )

    assert payload.count == 2
    made = [accepted(row).product for row in payload.results]
    assert [product.external_reference for product in made if product] == references
    product = shop.api.product(external_reference=references[0]).product
    assert product
    assert product.hash == "h1"
    assert [(c.channel.slug, c.is_published, c.is_available_for_purchase) for c in product.channel_listings or ()] == [
        (CHANNEL, True, True)
    ]
    assert product.product_variants
    assert [e.node.external_reference for e in product.product_variants.edges] == [f"{references[0]}-1"]


def test_a_duplicate_row_is_refused_and_the_others_are_made(shop: Shop) -> None:
    known, new = shop.product(), fresh("P")

    rows = [shop.row(known.external_reference or ""), shop.row(new)]
    payload = accepted(shop.api.create_products(products=rows).product_bulk_create)

    assert payload.count == 1
    refused, made = payload.results
    assert refused.product is None
    assert ("externalReference", "UNIQUE") in {(e.path, e.code.value) for e in refused.errors or ()}
    assert ("slug", "UNIQUE") in {(e.path, e.code.value) for e in refused.errors or ()}
    assert accepted(made).product


def test_a_duplicate_within_one_request_is_refused(shop: Shop) -> None:
    row = shop.row(fresh("P"))

    payload = accepted(shop.api.create_products(products=[row, row]).product_bulk_create)

    assert payload.count == 0
    for refused in payload.results:
        assert refused.product is None
        assert ("variants.0.sku", "UNIQUE") in {(e.path, e.code.value) for e in refused.errors or ()}


def test_a_price_with_a_fraction_is_refused(shop: Shop) -> None:
    reference = fresh("P")
    row = shop.row(reference).model_dump(by_alias=True, exclude_unset=True, mode="json")
    row["variants"][0]["channelListings"][0]["price"] = 1000.5

    payload = accepted(shop.api.create_products(products=[row]).product_bulk_create)  # type: ignore[list-item]

    assert payload.count == 0
    assert "INVALID_PRICE" in {e.code.value for e in payload.results[0].errors or ()}
    assert shop.api.product(external_reference=reference).product is None


def test_a_product_is_updated_by_its_external_reference(shop: Shop) -> None:
    product = shop.product()
    change = ProductInput(
        name="Cà phê chè Cầu Đất",
        slug=product.slug,
        category=category_id(shop.api, set_no=None, branch=1),
        attributes=attributes(),
        metadata=[MetadataInput(key="chosao.hash", value="h2")],
    )

    for _ in range(2):
        answer = shop.api.update_product(external_reference=product.external_reference or "", input=change)
        told = accepted(answer.product_update).product
        assert told
        assert (told.id, told.name, told.hash) == (product.id, "Cà phê chè Cầu Đất", "h2")
        assert told.updated_at > product.updated_at


def test_an_unknown_product_is_not_updated(shop: Shop) -> None:
    with pytest.raises(SaleorRefused) as refused:
        shop.api.update_product(external_reference=fresh("none-"), input=ProductInput(name="X"))

    assert [(r.field, r.code) for r in refused.value.refusals] == [("externalReference", "NOT_FOUND")]


def test_a_delisted_product_cannot_be_bought(shop: Shop) -> None:
    variant = shop.variant()
    product = shop.api.product(external_reference=(variant.external_reference or "")[:-2]).product
    assert product
    checkout = shop.with_delivery((variant, 1))

    listing(shop, product.id, published=False)

    with pytest.raises(SaleorRefused) as in_basket:
        shop.basket((variant, 1))
    assert in_basket.value.codes <= {"PRODUCT_NOT_PUBLISHED", "PRODUCT_UNAVAILABLE_FOR_PURCHASE"}
    with pytest.raises(SaleorRefused) as at_order:
        shop.order(checkout)
    assert at_order.value.codes == {"UNAVAILABLE_VARIANT_IN_CHANNEL"}
    assert shop.stock(variant) == {shop.store: (10, 0)}

    listing(shop, product.id, published=True)
    assert shop.order(checkout).number


def test_all_products_can_be_paged_through(shop: Shop) -> None:
    wanted = {shop.product().external_reference for _ in range(3)}
    seen, after = [], None
    while True:
        page = shop.api.products(first=50, after=after).products
        assert page
        seen += [edge.node.external_reference for edge in page.edges]
        if not page.page_info.has_next_page:
            break
        after = page.page_info.end_cursor

    assert wanted <= set(seen)
    assert len(seen) == len(set(seen))


def test_an_unknown_product_is_none(shop: Shop) -> None:
    assert shop.api.product(external_reference=fresh("none-")).product is None
