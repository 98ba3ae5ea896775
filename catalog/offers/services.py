"""What a seller does with offers. Saleor is told first; its answer is mirrored (decision 0007)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from catalog import clock
from catalog.certificates.services import is_listed
from catalog.combos.mirror import is_packaging, mirror_packaging, packaging_gone
from catalog.combos.models import Packaging
from catalog.offers.errors import BadPrice, BadQuantity, NotListed, NotPublished
from catalog.offers.mirror import StockState, VariantState, mirror, mirror_and_tell, mirror_gone, read_reference
from catalog.offers.models import Offer
from catalog.offers.summaries import mend_summaries
from catalog.products.models import Product
from catalog.saleor.client import Saleor, accepted, client
from catalog.saleor.generated import (
    DateTimeRangeInput,
    ProductVariantBulkCreateInput,
    ProductVariantChannelListingAddInput,
    ProductVariantInput,
    ProductVariantWhereInput,
    StockInput,
    StringFilterInput,
    VariantFields,
)
from catalog.saleor.setup import CHANNEL, channel_id, warehouse_id
from catalog.saleor.watermarks import compared, known_since
from catalog.salepoints.models import Warehouse

LOWEST_PRICE, HIGHEST_PRICE = 1_000, 100_000_000  # đồng
MOST_PIECES = 100_000
OFFERS, OFFER_CHANGES = "offers", "offer changes"  # what was compared: all of them, and those that Saleor changed
PAGE = 100  # variants a question; Saleor gives no more
_GRAMS = {"G": 1.0, "KG": 1000.0, "LB": 453.59237, "OZ": 28.349523, "TONNE": 1_000_000.0}


def put_offer(
    product: Product, number: int, *, name: str, price: int, weight: int, stocks: Mapping[Warehouse, int]
) -> Offer:
    """Make the product's offer `number`, or change it: price in đồng, weight in grams, pieces on hand by warehouse.

    A repeat changes nothing. Raises NotListed, NotPublished, BadPrice, BadQuantity, SaleorUnavailable, SaleorRefused.
    """
    check_price(price)
    for quantity in stocks.values():
        check_quantity(quantity)
    if not is_listed(product):
        raise NotListed(product=product.name)
    api, asked_at = client(), clock.now()
    reference = f"{product.code}-{number}"
    variant = api.variant(external_reference=reference).product_variant
    if variant is None:
        variant = _create(api, product, reference, name, price, weight, stocks)
    else:
        changes = ProductVariantInput(name=name, weight=weight / 1000)
        api.update_variant(external_reference=reference, input=changes)
        _send_price(api, variant.id, price)
        variant = _send_stocks(api, variant.id, stocks)
    return _mirrored(variant, asked_at)


def set_price(offer: Offer, price: int) -> Offer:
    """Change the price, in đồng with tax. Raises as `put_offer`."""
    check_price(price)
    if not is_listed(offer.product):
        raise NotListed(product=offer.product.name)
    api, asked_at = client(), clock.now()
    return _mirrored(_send_price(api, _variant_id(api, offer), price), asked_at)


def set_stock(offer: Offer, warehouse: Warehouse, quantity: int) -> Offer:
    """Say how many pieces are on hand in one warehouse, the promised ones included. Raises as `put_offer`."""
    check_quantity(quantity)
    api, asked_at = client(), clock.now()
    return _mirrored(_send_stocks(api, _variant_id(api, offer), {warehouse: quantity}), asked_at)


def refresh_variant(external_reference: str) -> bool:
    """Ask Saleor for a variant's state (an offer's, a packaging's) and mirror it: what a webhook about it leads to.

    False where Saleor has it no longer. Raises one of `NO_ANSWER`.
    """
    api, asked_at = client(), clock.now()
    variant = api.variant(external_reference=external_reference).product_variant
    if variant is None:
        api.recognised()  # to a stranger every variant is gone
        (packaging_gone if is_packaging(external_reference) else mirror_gone)(external_reference, asked_at)
        return False
    _mirror(variant, asked_at)
    return True


def refresh_variants(references: Iterable[str]) -> None:
    """`refresh_variant` for many, a hundred a question. Raises SaleorUnavailable, with those answered mirrored."""
    wanted = [reference for reference in dict.fromkeys(references) if _is_ours(reference)]
    for start in range(0, len(wanted), PAGE):
        lot, asked_at = wanted[start : start + PAGE], clock.now()
        where = ProductVariantWhereInput(sku=StringFilterInput(oneOf=lot))
        page = client().variants(first=PAGE, where=where).product_variants
        variants = [edge.node for edge in page.edges] if page else []
        found = {variant.external_reference: variant for variant in variants}
        for reference in lot:
            if reference in found:
                _mirror(found[reference], asked_at)
            else:  # gone, or somebody gave it another SKU
                refresh_variant(reference)


@dataclass
class OfferDrift:
    """How many variants were read, and by reference: where our copy was not right, and what Saleor no longer has.

    `summaries` are codes of products whose cheapest price or stock was not that of their offers.
    """

    read: int = 0
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)

    @property
    def found(self) -> bool:
        """Was anything not right?"""
        return bool(self.changed or self.gone or self.summaries)


def reconcile_offers(since: datetime | None = None) -> OfferDrift:
    """Mirror every variant of ours anew, or those that Saleor changed `since` then: it does not announce all of it.

    Only the whole of it tells what orders took from a shelf, and which variants are gone. Raises SaleorUnavailable.
    """
    api, drift, seen, started, after = client(), OfferDrift(), set[str](), clock.now(), None
    if since:
        since = min(since, known_since(OFFER_CHANGES) or since)
    where = ProductVariantWhereInput(updatedAt=DateTimeRangeInput(gte=since)) if since else None
    while True:
        asked_at = clock.now()
        page = api.variants(first=PAGE, after=after, where=where).product_variants
        if page is None:
            break
        for edge in page.edges:
            reference = edge.node.external_reference or ""
            known, changed = _mirror(edge.node, asked_at)
            if known:
                drift.read += 1
                seen.add(reference)
            if changed:
                drift.changed.append(reference)
        if not page.page_info.has_next_page:
            break
        after = page.page_info.end_cursor
    if since is None:
        left: tuple[Offer | Packaging, ...] = (
            *Offer.objects.filter(is_active=True, read_at__lt=started).select_related("product"),
            *Packaging.objects.filter(is_active=True, read_at__lt=started),
        )
        for reference in [one.external_reference for one in left if one.external_reference not in seen]:
            if not refresh_variant(reference):
                drift.gone.append(reference)
        drift.summaries = mend_summaries()
        compared(OFFERS, started)
    compared(OFFER_CHANGES, started)
    return drift


def _is_ours(reference: str) -> bool:
    return is_packaging(reference) or read_reference(reference) is not None


def _mirror(variant: VariantFields, asked_at: datetime) -> tuple[object, bool]:
    """The offer or the packaging, None for what is not ours, and whether our copy changed."""
    state = state_of(variant)
    if is_packaging(state.external_reference):
        return mirror_packaging(state, asked_at)
    return mirror_and_tell(state, asked_at)


def state_of(variant: VariantFields) -> VariantState:
    """A variant of Saleor in plain values: whole đồng, grams."""
    listings = [listing for listing in variant.channel_listings or [] if listing.channel.slug == CHANNEL]
    price = next((round(listing.price.amount) for listing in listings if listing.price), None)
    weight = variant.weight
    return VariantState(
        external_reference=variant.external_reference or "",
        name=variant.name,
        price=price,
        weight=round(weight.value * _GRAMS[weight.unit.value]) if weight else 0,
        stocks=tuple(
            StockState(stock.warehouse.external_reference or "", stock.quantity, stock.quantity_allocated)
            for stock in variant.stocks or []
        ),
    )


def variant_row(
    api: Saleor, reference: str, name: str, price: int, weight: int, stocks: Mapping[Warehouse, int]
) -> ProductVariantBulkCreateInput:
    """A new variant in our channel; price in đồng, weight in grams."""
    return ProductVariantBulkCreateInput(
        attributes=[],
        sku=reference,
        name=name,
        weight=weight / 1000,
        trackInventory=True,
        externalReference=reference,
        stocks=stock_inputs(api, stocks),
        channelListings=[ProductVariantChannelListingAddInput(channelId=channel_id(api), price=price)],
    )


def _create(
    api: Saleor, product: Product, reference: str, name: str, price: int, weight: int, stocks: Mapping[Warehouse, int]
) -> VariantFields:
    parent = api.product(external_reference=product.code).product
    if parent is None:
        raise NotPublished(product=product.name)
    row = variant_row(api, reference, name, price, weight, stocks)
    payload = accepted(api.create_variants(product=parent.id, variants=[row]).product_variant_bulk_create)
    created = accepted(payload.results[0]).product_variant
    assert created is not None  # noqa: S101 - a row without errors has its variant
    return created


def _send_price(api: Saleor, variant_id: str, price: int) -> VariantFields:
    listing = ProductVariantChannelListingAddInput(channelId=channel_id(api), price=price)
    answer = accepted(api.set_variant_price(id=variant_id, input=[listing]).product_variant_channel_listing_update)
    assert answer.variant is not None  # noqa: S101 - accepted
    return answer.variant


def _send_stocks(api: Saleor, variant_id: str, stocks: Mapping[Warehouse, int]) -> VariantFields:
    answer = api.set_variant_stocks(id=variant_id, stocks=stock_inputs(api, stocks)).product_variant_stocks_update
    variant = accepted(answer).product_variant
    assert variant is not None  # noqa: S101 - accepted
    return variant


def stock_inputs(api: Saleor, stocks: Mapping[Warehouse, int]) -> list[StockInput]:
    """Pieces by warehouse as Saleor wants them."""
    return [StockInput(warehouse=warehouse_id(api, w.external_reference), quantity=n) for w, n in stocks.items()]


def _variant_id(api: Saleor, offer: Offer) -> str:
    variant = api.variant(external_reference=offer.external_reference).product_variant
    if variant is None:
        raise NotPublished(product=offer.product.name)
    return variant.id


def _mirrored(variant: VariantFields, asked_at: datetime) -> Offer:
    offer = mirror(state_of(variant), asked_at)
    assert offer is not None  # noqa: S101 - our own reference
    return offer


def check_price(price: int) -> None:
    """Raises BadPrice unless it is a price in đồng that may be asked."""
    if not LOWEST_PRICE <= price <= HIGHEST_PRICE:
        raise BadPrice(price=price)


def check_quantity(quantity: int) -> None:
    """Raises BadQuantity unless so many pieces may lie somewhere."""
    if not 0 <= quantity <= MOST_PIECES:
        raise BadQuantity(quantity=quantity)
