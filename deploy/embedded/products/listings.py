"""Listings and prices per channel in the schema."""

from decimal import Decimal
from typing import Any

import graphene

from deploy.embedded.channels.types import Channel
from deploy.embedded.core.context import require
from deploy.embedded.core.money import Amount, Money, Taxed, TaxedMoney, TaxedMoneyRange, taxed
from deploy.embedded.core.objects import ModelObject, Node
from deploy.embedded.products.models import Product as ProductRow
from deploy.embedded.products.models import ProductChannelListing as ListingRow
from deploy.embedded.products.models import ProductVariant as VariantRow
from deploy.embedded.products.models import ProductVariantChannelListing as PriceRow
from deploy.embedded.taxes.services import rate_for


class ProductChannelListing(ModelObject):
    """Whether and since when a product is shown and sold in a channel."""

    class Meta:
        model = ListingRow
        interfaces = (Node,)

    published_at = graphene.DateTime()
    is_published = graphene.Boolean(required=True)
    channel = graphene.Field(Channel, required=True)
    visible_in_listings = graphene.Boolean(required=True)
    available_for_purchase_at = graphene.DateTime()
    is_available_for_purchase = graphene.Boolean()


class ProductVariantChannelListing(ModelObject):
    """A variant's price in a channel."""

    class Meta:
        model = PriceRow
        interfaces = (Node,)

    channel = graphene.Field(Channel, required=True)
    price = graphene.Field(Money)
    cost_price = graphene.Field(Money)
    prior_price = graphene.Field(Money)

    @staticmethod
    def resolve_price(root: PriceRow, _info: graphene.ResolveInfo) -> Amount | None:
        """With tax; null while it is not sold there."""
        return _amount(root.price, root)

    @staticmethod
    def resolve_cost_price(root: PriceRow, info: graphene.ResolveInfo) -> Amount | None:
        """What it costs the shop."""
        require(info, "MANAGE_PRODUCTS")
        return _amount(root.cost_price, root)

    @staticmethod
    def resolve_prior_price(root: PriceRow, _info: graphene.ResolveInfo) -> Amount | None:
        """What it cost before."""
        return _amount(root.prior_price, root)


def _amount(value: Decimal | None, listing: PriceRow) -> Amount | None:
    return None if value is None else Amount(value, listing.channel.currency_code)


class ProductPricingInfo(graphene.ObjectType):
    """What a product costs in a channel."""

    on_sale = graphene.Boolean()
    display_gross_prices = graphene.Boolean(required=True)
    price_range = graphene.Field(TaxedMoneyRange)
    price_range_undiscounted = graphene.Field(TaxedMoneyRange)


class VariantPricingInfo(graphene.ObjectType):
    """What a variant costs in a channel."""

    on_sale = graphene.Boolean()
    price = graphene.Field(TaxedMoney)
    price_undiscounted = graphene.Field(TaxedMoney)
    price_prior = graphene.Field(TaxedMoney)


def price_in(variant: VariantRow, slug: str | None) -> PriceRow | None:
    """The variant's listing in a channel, if it has a price there."""
    listings = variant.channel_listings.all()
    return next((li for li in listings if li.channel.slug == slug and li.price is not None), None)


def _taxed(listing: PriceRow, amount: Decimal) -> Taxed:
    return taxed(amount, listing.channel.currency_code, rate_for(listing.channel.default_country))


def variant_pricing(variant: VariantRow, slug: str | None) -> dict[str, Any] | None:
    """Null where the variant is not sold."""
    listing = price_in(variant, slug)
    if listing is None:
        return None
    price = _taxed(listing, listing.price)
    prior = _taxed(listing, listing.prior_price) if listing.prior_price is not None else None
    return {"on_sale": False, "price": price, "price_undiscounted": price, "price_prior": prior}


def product_pricing(product: ProductRow, slug: str | None) -> dict[str, Any] | None:
    """From the cheapest to the dearest variant; null where none is sold."""
    listings = [li for variant in product.variants.all() if (li := price_in(variant, slug)) is not None]
    if not listings:
        return None
    listings.sort(key=lambda li: li.price)
    span = {"start": _taxed(listings[0], listings[0].price), "stop": _taxed(listings[-1], listings[-1].price)}
    return {"on_sale": False, "display_gross_prices": True, "price_range": span, "price_range_undiscounted": span}
