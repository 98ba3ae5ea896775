"""What a sale point does with its packagings. Saleor is told first; its answer is mirrored (decision 0007).

Each is a product of its own there, which no list shows, with one variant of the same reference: so its boxes are
guarded against being sold twice as any goods are.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from catalog import clock
from catalog.combos.errors import BadPackaging, NotYourPackaging
from catalog.combos.mirror import mirror_packaging
from catalog.combos.models import Packaging
from catalog.offers.services import check_price, check_quantity, state_of, stock_inputs, variant_row
from catalog.products.codes import read_code
from catalog.saleor.client import Saleor, SaleorRefused, accepted, client
from catalog.saleor.generated import (
    ProductBulkCreateInput,
    ProductChannelListingAddInput,
    ProductChannelListingCreateInput,
    ProductChannelListingUpdateInput,
    ProductInput,
    ProductVariantChannelListingAddInput,
    ProductVariantInput,
    VariantFields,
)
from catalog.saleor.generated.fragments import ProductFields
from catalog.saleor.setup import CHANNEL, category_id, channel_id, product_type_id
from catalog.saleor.setup.catalogue import GIFT
from catalog.salepoints.models import SalePoint, Warehouse
from catalog.salepoints.services import ensure_packing_store, ensure_sale_point_warehouse

MOST_PIECES, HEAVIEST = 60, 20_000  # pieces a box, grams
CRAFTS = 4  # the branch under which Saleor files it: it publishes nothing without a category


@dataclass(frozen=True, slots=True)
class PackagingFacts:
    """A packaging as it shall be: đồng with tax, grams, pieces that it holds; boxes on hand in both places.

    `to_collect` lie on the sale point's shelf, `to_send` in its packing store; promised ones included.
    """

    name: str
    name_en: str
    price: int
    weight: int
    most_pieces: int
    is_active: bool
    to_collect: int
    to_send: int


def put_packaging(point: SalePoint, code: str, facts: PackagingFacts) -> Packaging:
    """Make the point's packaging of this code, or change it. A repeat changes nothing, and ends what was cut off.

    Until Saleor has it our row is not active and its `read_at` None. Raises BadPackaging, BadPrice, BadQuantity,
    NotYourPackaging, SaleorUnavailable, SaleorRefused.
    """
    _check(code, facts)
    row = {"name": facts.name, "price": facts.price, "most_pieces": facts.most_pieces, "is_active": False}
    packaging, _ = Packaging.objects.get_or_create(code=code, defaults={"sale_point": point, **row})
    if packaging.sale_point_id != point.pk:
        raise NotYourPackaging(code=code)
    stocks = {
        ensure_sale_point_warehouse(point): facts.to_collect,
        ensure_packing_store(point): facts.to_send,
    }
    api, asked_at = client(), clock.now()
    return _mirrored(packaging, facts, _tell(api, packaging.external_reference, facts, stocks), asked_at)


def _tell(api: Saleor, reference: str, facts: PackagingFacts, stocks: dict[Warehouse, int]) -> VariantFields:
    product = api.product(external_reference=reference).product
    if product is None:
        _create(api, reference, facts, stocks)
        product = api.product(external_reference=reference).product
    variant = api.variant(external_reference=reference).product_variant
    assert product is not None  # noqa: S101 - made just now
    if variant is None:
        row = variant_row(api, reference, facts.name, facts.price, facts.weight, stocks)
        answer = accepted(api.create_variants(product=product.id, variants=[row]).product_variant_bulk_create)
        variant = accepted(answer.results[0]).product_variant
        assert variant is not None  # noqa: S101 - a row without errors has its variant
    _correct(api, reference, product, facts)
    return _correct_variant(api, variant, facts, stocks)


def _create(api: Saleor, reference: str, facts: PackagingFacts, stocks: dict[Warehouse, int]) -> None:
    listing = ProductChannelListingCreateInput(
        channelId=channel_id(api), isPublished=True, visibleInListings=False, isAvailableForPurchase=facts.is_active
    )
    row = ProductBulkCreateInput(
        name=facts.name,
        slug=reference.lower(),
        externalReference=reference,
        productType=product_type_id(api, GIFT),
        category=category_id(api, set_no=None, branch=CRAFTS),
        attributes=[],
        channelListings=[listing],
        variants=[variant_row(api, reference, facts.name, facts.price, facts.weight, stocks)],
    )
    try:
        accepted(accepted(api.create_products(products=[row]).product_bulk_create).results[0])
    except SaleorRefused as refused:
        if refused.codes != {"UNIQUE"}:  # a second click has made it just now
            raise


def _correct(api: Saleor, reference: str, product: ProductFields, facts: PackagingFacts) -> None:
    """Name and listing, where they are not as they shall be."""
    if product.name != facts.name:
        api.update_product(external_reference=reference, input=ProductInput(name=facts.name))
    wanted = (True, False, facts.is_active)
    found = [
        (one.is_published, one.visible_in_listings, bool(one.is_available_for_purchase))
        for one in product.channel_listings or ()
        if one.channel.slug == CHANNEL
    ]
    if found != [wanted]:
        listing = ProductChannelListingAddInput(
            channelId=channel_id(api), isPublished=True, visibleInListings=False, isAvailableForPurchase=facts.is_active
        )
        api.set_product_listing(id=product.id, input=ProductChannelListingUpdateInput(updateChannels=[listing]))


def _correct_variant(
    api: Saleor, variant: VariantFields, facts: PackagingFacts, stocks: dict[Warehouse, int]
) -> VariantFields:
    """Name, weight, price and stocks, where they are not as they shall be."""
    now = state_of(variant)
    if (now.name, now.weight) != (facts.name, facts.weight):
        change = ProductVariantInput(name=facts.name, weight=facts.weight / 1000)
        answer = api.update_variant(external_reference=now.external_reference, input=change)
        variant = accepted(answer.product_variant_update).product_variant or variant
    if now.price != facts.price:
        listing = ProductVariantChannelListingAddInput(channelId=channel_id(api), price=facts.price)
        priced = api.set_variant_price(id=variant.id, input=[listing])
        variant = accepted(priced.product_variant_channel_listing_update).variant or variant
    here = {stock.warehouse: stock.quantity for stock in now.stocks}
    if wrong := {place: count for place, count in stocks.items() if here.get(place.external_reference) != count}:
        stocked = api.set_variant_stocks(id=variant.id, stocks=stock_inputs(api, wrong))
        variant = accepted(stocked.product_variant_stocks_update).product_variant or variant
    return variant


@transaction.atomic
def _mirrored(packaging: Packaging, facts: PackagingFacts, variant: VariantFields, asked_at: datetime) -> Packaging:
    """What Saleor answered, and what only we know of it."""
    Packaging.objects.filter(pk=packaging.pk).update(
        name_en=facts.name_en, most_pieces=facts.most_pieces, is_active=facts.is_active
    )
    mirror_packaging(state_of(variant), asked_at)
    packaging.refresh_from_db()
    return packaging


def _check(code: str, facts: PackagingFacts) -> None:
    right = (
        read_code(code) == code
        and 0 < len(facts.name) <= 120
        and len(facts.name_en) <= 120
        and 0 <= facts.weight <= HEAVIEST
        and 1 <= facts.most_pieces <= MOST_PIECES
    )
    if not right:
        raise BadPackaging(heaviest=f"{HEAVIEST:,}".replace(",", "."), pieces=MOST_PIECES)
    check_price(facts.price)
    check_quantity(facts.to_collect)
    check_quantity(facts.to_send)
