"""Finding products and variants."""

from typing import Any

import graphene
from django.db.models import Q, QuerySet
from django.utils import timezone

from deploy.embedded.core.connection import Page, connection, page, paged
from deploy.embedded.core.context import may
from deploy.embedded.core.enums import OrderDirection, enum
from deploy.embedded.core.filters import (
    DateTimeRangeInput,
    GlobalIDFilterInput,
    MetadataFilter,
    StringFilterInput,
    has_metadata,
    in_range,
    texts,
)
from deploy.embedded.core.ids import find, key_of
from deploy.embedded.core.objects import NonNullList, selected
from deploy.embedded.products.models import Category, ProductType
from deploy.embedded.products.models import Product as Row
from deploy.embedded.products.models import ProductVariant as VariantRow
from deploy.embedded.products.types import Product, ProductVariant, ProductVariantCountableConnection

_SEES_ALL = ("MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_DISCOUNTS", "MANAGE_CHECKOUTS")
ProductCountableConnection = connection(Product)
ProductOrderField = enum("ProductOrderField", "NAME LAST_MODIFIED_AT CREATED_AT")
_ORDERS = {"NAME": "name", "LAST_MODIFIED_AT": "updated_at", "CREATED_AT": "created"}


class ProductOrder(graphene.InputObjectType):
    """By what, and which way."""

    direction = OrderDirection(required=True)
    field = ProductOrderField()


class ProductFilterInput(graphene.InputObjectType):
    """Which products; `isPublished` counts in the `channel` of the query."""

    ids = NonNullList(graphene.ID)
    slugs = NonNullList(graphene.String)
    search = graphene.String()
    is_published = graphene.Boolean()
    categories = NonNullList(graphene.ID)
    product_types = NonNullList(graphene.ID)
    updated_at = DateTimeRangeInput()
    metadata = NonNullList(MetadataFilter)


class DateTimeFilterInput(graphene.InputObjectType):
    """A range of time."""

    range = DateTimeRangeInput()


class ProductWhereInput(graphene.InputObjectType):
    """Which products."""

    ids = NonNullList(graphene.ID)
    name = StringFilterInput()
    slug = StringFilterInput()
    product_type = GlobalIDFilterInput()
    category = GlobalIDFilterInput()
    updated_at = DateTimeFilterInput()
    metadata = NonNullList(MetadataFilter)


class ProductVariantWhereInput(graphene.InputObjectType):
    """Which variants."""

    ids = NonNullList(graphene.ID)
    sku = StringFilterInput()
    updated_at = DateTimeRangeInput()
    metadata = NonNullList(MetadataFilter)


def prefetched(rows: QuerySet[Row], info: graphene.ResolveInfo) -> QuerySet[Row]:
    """With everything that the query asks for about each product, in a handful of queries."""
    names = selected(info)
    rows = rows.select_related("product_type", "category")
    if names & {"channelListings", "isAvailable", "isAvailableForPurchase", "availableForPurchaseAt"}:
        rows = rows.prefetch_related("channel_listings__channel")
    if "attributes" in names:
        rows = rows.prefetch_related("assigned_values__value__attribute", "product_type__assigned__attribute")
    if names & {"variants", "productVariants", "defaultVariant", "pricing"}:
        rows = rows.prefetch_related("variants")
        if names & {"channelListings", "pricing"}:
            rows = rows.prefetch_related("variants__channel_listings__channel")
        if "stocks" in names:
            rows = rows.prefetch_related("variants__stocks__warehouse")
    return rows


def prefetched_variants(rows: QuerySet[VariantRow], info: graphene.ResolveInfo) -> QuerySet[VariantRow]:
    """With everything that the query asks for about each variant."""
    names = selected(info)
    rows = rows.select_related("product__product_type")
    if names & {"channelListings", "pricing"}:
        rows = rows.prefetch_related("channel_listings__channel")
    if "stocks" in names:
        rows = rows.prefetch_related("stocks__warehouse")
    return rows


def _visible(info: graphene.ResolveInfo, channel: str | None) -> QuerySet[Row]:
    """All products for an app that works with them; for a visitor those published in the channel."""
    rows = Row.objects.all()
    if may(info, *_SEES_ALL):
        return rows.filter(channel_listings__channel__slug=channel) if channel else rows
    listed = Q(channel_listings__published_at=None) | Q(channel_listings__published_at__lte=timezone.now())
    return rows.filter(
        listed,
        channel_listings__channel__slug=channel,
        channel_listings__channel__is_active=True,
        channel_listings__is_published=True,
    )


def _keys(model: type[Any], values: list[str] | None) -> list[Any]:
    return [key_of(model, value) for value in values or []]


def _condition(given: dict[str, Any], channel: str | None) -> Q:
    condition = in_range("updated_at", given.get("updated_at")) & has_metadata(given.get("metadata"))
    for name, column, model in (
        ("ids", "pk", Row),
        ("categories", "category", Category),
        ("product_types", "product_type", ProductType),
    ):
        if given.get(name) is not None:
            condition &= Q(**{f"{column}__in": _keys(model, given[name])})
    if given.get("slugs") is not None:
        condition &= Q(slug__in=given["slugs"])
    if text := given.get("search"):
        condition &= Q(name__icontains=text) | Q(description_plain__icontains=text) | Q(variants__sku=text)
    if given.get("is_published") is not None:
        condition &= Q(channel_listings__is_published=given["is_published"])
        if channel:
            condition &= Q(channel_listings__channel__slug=channel)
    return condition


def _where(given: dict[str, Any]) -> Q:
    condition = in_range("updated_at", (given.get("updated_at") or {}).get("range")) & has_metadata(
        given.get("metadata")
    )
    if given.get("ids") is not None:
        condition &= Q(pk__in=_keys(Row, given["ids"]))
    for name in ("name", "slug"):
        if given.get(name) is not None:
            condition &= Q(**{f"{name}__in": texts(given[name])})
    for name, model in (("product_type", ProductType), ("category", Category)):
        if given.get(name) is not None:
            condition &= Q(**{f"{name}__in": _keys(model, texts(given[name]))})
    return condition


def _where_variant(given: dict[str, Any]) -> Q:
    condition = in_range("updated_at", given.get("updated_at")) & has_metadata(given.get("metadata"))
    if given.get("ids") is not None:
        condition &= Q(pk__in=_keys(VariantRow, given["ids"]))
    if given.get("sku") is not None:
        condition &= Q(sku__in=texts(given["sku"]))
    return condition


def _first(rows: QuerySet[Any], channel: str | None) -> Any:
    found = rows.first()
    if found is not None:
        found.shown_in = channel
    return found


class ProductQueries:
    """Root fields about products and variants."""

    product = graphene.Field(
        Product,
        id=graphene.ID(),
        slug=graphene.String(),
        external_reference=graphene.String(),
        channel=graphene.String(),
    )
    products = paged(
        ProductCountableConnection,
        filter=ProductFilterInput(),
        where=ProductWhereInput(),
        sort_by=ProductOrder(),
        search=graphene.String(),
        channel=graphene.String(),
    )
    product_variant = graphene.Field(
        ProductVariant,
        id=graphene.ID(),
        sku=graphene.String(),
        external_reference=graphene.String(),
        channel=graphene.String(),
    )
    product_variants = paged(
        ProductVariantCountableConnection,
        ids=NonNullList(graphene.ID),
        channel=graphene.String(),
        where=ProductVariantWhereInput(),
    )

    @staticmethod
    def resolve_product(
        _root: None,
        info: graphene.ResolveInfo,
        id: str | None = None,  # noqa: A002 - the API's name
        slug: str | None = None,
        external_reference: str | None = None,
        channel: str | None = None,
    ) -> Row | None:
        """One product."""
        rows = prefetched(_visible(info, channel).distinct(), info)
        if id:
            found = find(rows, id)
            if found is not None:
                found.shown_in = channel
            return found
        by = {"slug": slug} if slug else {"external_reference": external_reference}
        return _first(rows.filter(**by), channel)

    @staticmethod
    def resolve_products(
        _root: None,
        info: graphene.ResolveInfo,
        filter: dict[str, Any] | None = None,  # noqa: A002 - the API's name
        where: dict[str, Any] | None = None,
        sort_by: dict[str, Any] | None = None,
        search: str | None = None,
        channel: str | None = None,
        **paging: Any,
    ) -> Page:
        """Products by slug, or as asked for."""
        given = {**(filter or {}), **({"search": search} if search else {})}
        rows = _visible(info, channel).filter(_condition(given, channel), _where(where or {})).distinct()
        order = ["slug"]
        if sort_by and sort_by.get("field"):
            turn = "-" if sort_by["direction"] == "DESC" else ""
            order = [f"{turn}{_ORDERS[sort_by['field']]}", f"{turn}id"]
        result = page(prefetched(rows, info), info, order=order, **paging)
        for edge in result.edges:
            edge["node"].shown_in = channel
        return result

    @staticmethod
    def resolve_product_variant(
        _root: None,
        info: graphene.ResolveInfo,
        id: str | None = None,  # noqa: A002 - the API's name
        sku: str | None = None,
        external_reference: str | None = None,
        channel: str | None = None,
    ) -> VariantRow | None:
        """One variant."""
        visible = VariantRow.objects.filter(product__in=_visible(info, channel).values("pk"))
        rows = prefetched_variants(visible, info)
        if id:
            found = find(rows, id)
            if found is not None:
                found.shown_in = channel
            return found
        by = {"sku": sku} if sku else {"external_reference": external_reference}
        return _first(rows.filter(**by), channel)

    @staticmethod
    def resolve_product_variants(
        _root: None,
        info: graphene.ResolveInfo,
        ids: list[str] | None = None,
        channel: str | None = None,
        where: dict[str, Any] | None = None,
        **paging: Any,
    ) -> Page:
        """Variants in the order in which they were made."""
        rows = VariantRow.objects.filter(_where_variant(where or {}), product__in=_visible(info, channel).values("pk"))
        if ids is not None:
            rows = rows.filter(pk__in=_keys(VariantRow, ids))
        result = page(prefetched_variants(rows, info), info, order=["pk"], **paging)
        for edge in result.edges:
            edge["node"].shown_in = channel
        return result
