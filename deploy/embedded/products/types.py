"""Products and variants in the schema."""

from typing import Any

import graphene
from django.db.models import Model, QuerySet

from deploy.embedded.addresses.types import AddressInput
from deploy.embedded.attributes.types import Attribute, AttributeValue
from deploy.embedded.core.connection import Page, connection, page, page_of, paged
from deploy.embedded.core.context import require
from deploy.embedded.core.enums import CountryCode
from deploy.embedded.core.metadata import MetadataFields, ObjectWithMetadata
from deploy.embedded.core.objects import ModelObject, Node, NonNullList
from deploy.embedded.products.kinds import Category, ProductType
from deploy.embedded.products.listings import (
    ProductChannelListing,
    ProductPricingInfo,
    ProductVariantChannelListing,
    VariantPricingInfo,
    product_pricing,
    variant_pricing,
)
from deploy.embedded.products.models import Product as Row
from deploy.embedded.products.models import ProductVariant as VariantRow
from deploy.embedded.shipping.types import Weight, kilograms
from deploy.embedded.shop.models import Shop
from deploy.embedded.warehouses.availability import stocks_for
from deploy.embedded.warehouses.models import Stock as StockRow
from deploy.embedded.warehouses.types import Stock


class SelectedAttribute(graphene.ObjectType):
    """An attribute with the values that an object has."""

    attribute = graphene.Field(Attribute, required=True)
    values = graphene.Field(graphene.NonNull(NonNullList(AttributeValue)))


def _selected(assigned: QuerySet[Any], attributes: list[Any]) -> list[dict[str, Any]]:
    by_attribute: dict[int, list[Any]] = {attribute.pk: [] for attribute in attributes}
    for row in assigned.select_related("value__attribute") if not _fetched(assigned) else assigned:
        by_attribute.setdefault(row.value.attribute_id, []).append(row.value)
    return [{"attribute": a, "values": by_attribute[a.pk]} for a in attributes]


def _fetched(rows: Any) -> bool:
    return getattr(rows, "_result_cache", None) is not None


def _attributes(product: Row, of: str) -> list[Any]:
    return [link.attribute for link in product.product_type.assigned.all() if link.of == of]


class ProductVariant(MetadataFields, ModelObject):
    """What is bought: a pack of a product."""

    class Meta:
        model = VariantRow
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    sku = graphene.String()
    product = graphene.Field(lambda: Product, required=True)
    track_inventory = graphene.Boolean(required=True)
    quantity_limit_per_customer = graphene.Int()
    weight = graphene.Field(Weight)
    channel = graphene.String()
    channel_listings = NonNullList(ProductVariantChannelListing)
    pricing = graphene.Field(VariantPricingInfo, address=AddressInput())
    attributes = graphene.Field(
        graphene.NonNull(NonNullList(SelectedAttribute)),
        deprecation_reason="Use the `assignedAttributes` field instead.",
    )
    stocks = graphene.Field(NonNullList(Stock), address=AddressInput(), country_code=CountryCode())
    quantity_available = graphene.Int(address=AddressInput(), country_code=CountryCode())
    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    external_reference = graphene.String()

    @staticmethod
    def resolve_product(root: VariantRow, _info: graphene.ResolveInfo) -> Row:
        """Seen in the same channel."""
        root.product.shown_in = _channel(root)
        return root.product

    @staticmethod
    def resolve_weight(root: VariantRow, _info: graphene.ResolveInfo) -> dict[str, Any] | None:
        """In kilograms."""
        return kilograms(root.weight)

    @staticmethod
    def resolve_channel(root: VariantRow, _info: graphene.ResolveInfo) -> str | None:
        """The channel that it was asked for in."""
        return _channel(root)

    @staticmethod
    def resolve_channel_listings(root: VariantRow, info: graphene.ResolveInfo) -> Any:
        """Its prices, for an app."""
        require(info, "MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_DISCOUNTS", "MANAGE_CHANNELS")
        return root.channel_listings.all()

    @staticmethod
    def resolve_pricing(root: VariantRow, _info: graphene.ResolveInfo, **_address: Any) -> dict[str, Any] | None:
        """Its price in the channel."""
        return variant_pricing(root, _channel(root))

    @staticmethod
    def resolve_attributes(root: VariantRow, _info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        """Every attribute of the type's variants, with or without values."""
        return _selected(root.assigned_values.all(), _attributes(root.product, "VARIANT"))

    @staticmethod
    def resolve_stocks(
        root: VariantRow,
        info: graphene.ResolveInfo,
        address: dict[str, Any] | None = None,
        country_code: str | None = None,
    ) -> list[StockRow]:
        """Where it lies, for those who manage products or orders."""
        require(info, "MANAGE_PRODUCTS", "MANAGE_ORDERS")
        country = (address or {}).get("country") or country_code
        if not country and _channel(root) is None:
            return sorted(root.stocks.all(), key=lambda stock: stock.pk)
        return list(stocks_for(_channel(root), country).filter(variant=root).select_related("warehouse").order_by("pk"))

    @staticmethod
    def resolve_quantity_available(
        root: VariantRow,
        _info: graphene.ResolveInfo,
        address: dict[str, Any] | None = None,
        country_code: str | None = None,
    ) -> int | None:
        """What can be bought in one checkout: never more than the shop's limit."""
        limit = Shop.current().limit_quantity_per_checkout
        if not root.track_inventory:
            return limit
        country = (address or {}).get("country") or country_code
        available = sum(stock.available for stock in stocks_for(_channel(root), country).filter(variant=root))
        return available if limit is None else min(available, limit)


ProductVariantCountableConnection = connection(ProductVariant)


class Product(MetadataFields, ModelObject):
    """A product."""

    class Meta:
        model = Row
        interfaces = (Node, ObjectWithMetadata)

    seo_title = graphene.String()
    seo_description = graphene.String()
    name = graphene.String(required=True)
    description = graphene.JSONString()
    product_type = graphene.Field(ProductType, required=True)
    slug = graphene.String(required=True)
    category = graphene.Field(Category)
    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    weight = graphene.Field(Weight)
    default_variant = graphene.Field(ProductVariant)
    rating = graphene.Float()
    channel = graphene.String()
    pricing = graphene.Field(ProductPricingInfo, address=AddressInput())
    is_available = graphene.Boolean(address=AddressInput())
    attributes = graphene.Field(
        graphene.NonNull(NonNullList(SelectedAttribute)),
        deprecation_reason="Use the `assignedAttributes` field instead.",
    )
    channel_listings = NonNullList(ProductChannelListing)
    variants = graphene.Field(NonNullList(ProductVariant), deprecation_reason="Use `productVariants` field instead.")
    product_variants = paged(ProductVariantCountableConnection)
    is_available_for_purchase = graphene.Boolean()
    available_for_purchase_at = graphene.DateTime()
    external_reference = graphene.String()

    @staticmethod
    def resolve_weight(root: Row, _info: graphene.ResolveInfo) -> dict[str, Any] | None:
        """In kilograms."""
        return kilograms(root.weight)

    @staticmethod
    def resolve_channel(root: Row, _info: graphene.ResolveInfo) -> str | None:
        """The channel that it was asked for in."""
        return _channel(root)

    @staticmethod
    def resolve_default_variant(root: Row, _info: graphene.ResolveInfo) -> VariantRow | None:
        """The first that was made."""
        return next(iter(_variants(root)), None)

    @staticmethod
    def resolve_pricing(root: Row, _info: graphene.ResolveInfo, **_address: Any) -> dict[str, Any] | None:
        """Its prices in the channel."""
        return product_pricing(root, _channel(root))

    @staticmethod
    def resolve_is_available(
        root: Row, _info: graphene.ResolveInfo, address: dict[str, Any] | None = None
    ) -> bool | None:
        """Whether anything of it can be bought now in the channel."""
        slug = _channel(root)
        if slug is None:
            return None
        listing = _listing(root)
        if listing is None or not listing.is_visible or not listing.is_available_for_purchase:
            return False
        stocks = stocks_for(slug, (address or {}).get("country")).filter(variant__product=root)
        return any(stock.available for stock in stocks)

    @staticmethod
    def resolve_attributes(root: Row, _info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        """Every attribute of its type, with or without values."""
        return _selected(root.assigned_values.all(), _attributes(root, "PRODUCT"))

    @staticmethod
    def resolve_channel_listings(root: Row, info: graphene.ResolveInfo) -> Any:
        """Where it is listed, for an app."""
        require(info, "MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_DISCOUNTS", "MANAGE_CHANNELS")
        return root.channel_listings.all()

    @staticmethod
    def resolve_variants(root: Row, _info: graphene.ResolveInfo) -> list[VariantRow]:
        """All of them."""
        return _variants(root)

    @staticmethod
    def resolve_product_variants(root: Row, info: graphene.ResolveInfo, **paging: Any) -> Page:
        """A page of them."""
        rows = root.variants.all()
        if _fetched(rows) and set(paging) == {"first"}:
            return page_of(_variants(root), root.variants.all(), info, paging["first"])
        return page(rows, info, order=["pk"], **paging)

    @staticmethod
    def resolve_is_available_for_purchase(root: Row, _info: graphene.ResolveInfo) -> bool | None:
        """Whether it is sold in the channel."""
        listing = _listing(root)
        return None if _channel(root) is None else bool(listing and listing.is_available_for_purchase)

    @staticmethod
    def resolve_available_for_purchase_at(root: Row, _info: graphene.ResolveInfo) -> Any:
        """Since when it is sold in the channel."""
        listing = _listing(root)
        return listing.available_for_purchase_at if listing else None


def _channel(root: Model) -> str | None:
    return getattr(root, "shown_in", None)


def _listing(product: Row) -> Any:
    slug = _channel(product)
    return next((li for li in product.channel_listings.all() if li.channel.slug == slug), None) if slug else None


def _variants(product: Row) -> list[VariantRow]:
    variants = sorted(product.variants.all(), key=lambda variant: variant.pk)
    for variant in variants:
        variant.shown_in = _channel(product)
    return variants
