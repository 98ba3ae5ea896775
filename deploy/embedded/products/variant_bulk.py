"""`productVariantBulkUpdate`: variants of one product with their prices and stocks."""

from collections.abc import Mapping
from typing import Any

import graphene
from django.db import transaction

from deploy.embedded.core.bulk import accepted, answer
from deploy.embedded.core.enums import ErrorPolicyEnum
from deploy.embedded.core.errors import Problem, Refused, refuse
from deploy.embedded.core.ids import global_id, node, nodes
from deploy.embedded.core.mutation import Mutation
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.core.scalars import PositiveDecimal
from deploy.embedded.products.inputs import (
    BulkAttributeValueInput,
    ProductVariantBulkError,
    ProductVariantChannelListingAddInput,
    ProductVariantInput,
    StockInput,
)
from deploy.embedded.products.models import Product, ProductVariant
from deploy.embedded.products.prices import set_prices, set_stocks
from deploy.embedded.products.queries import prefetched_variants
from deploy.embedded.products.services import update_variant
from deploy.embedded.products.variant_mutations import ProductVariantBulkResult
from deploy.embedded.warehouses.services import set_quantities


class ChannelListingUpdateInput(graphene.InputObjectType):
    """A price to change."""

    channel_listing = graphene.ID(required=True)
    price = PositiveDecimal()
    cost_price = PositiveDecimal()
    prior_price = PositiveDecimal()


class ProductVariantChannelListingUpdateInput(graphene.InputObjectType):
    """Prices to make, change and take away."""

    create = NonNullList(ProductVariantChannelListingAddInput)
    update = NonNullList(ChannelListingUpdateInput)
    remove = NonNullList(graphene.ID)


class StockUpdateInput(graphene.InputObjectType):
    """A quantity to change."""

    stock = graphene.ID(required=True)
    quantity = graphene.Int(required=True)


class ProductVariantStocksUpdateInput(graphene.InputObjectType):
    """Quantities to make, change and take away."""

    create = NonNullList(StockInput)
    update = NonNullList(StockUpdateInput)
    remove = NonNullList(graphene.ID)


class ProductVariantBulkUpdateInput(ProductVariantInput):
    """One variant and what changes of it; what is left out stays."""

    attributes = NonNullList(BulkAttributeValueInput)
    stocks = ProductVariantStocksUpdateInput()
    channel_listings = ProductVariantChannelListingUpdateInput()
    id = graphene.ID(required=True)


def _change(product: Product, row: Mapping[str, Any]) -> ProductVariant:
    variants = product.variants.select_for_update(of=("self",)).select_related("product__product_type")
    variant = node(variants, row["id"])
    update_variant(variant, {key: row[key] for key in row if key not in ("id", "stocks", "channel_listings")})
    if row.get("channel_listings"):
        _prices(variant, row["channel_listings"])
    if row.get("stocks"):
        _stocks(variant, row["stocks"])
    return variant


def _prices(variant: ProductVariant, given: Mapping[str, Any]) -> None:
    rows = list(given.get("create") or [])
    for change in given.get("update") or []:
        (listing,) = nodes(variant.channel_listings.all(), [change["channel_listing"]], "channelListing")
        prices = {name: change[name] for name in change if name != "channel_listing"}
        rows.append({"channel_id": global_id("Channel", listing.channel_id), **prices})
    if rows:
        try:
            set_prices(variant, rows)
        except Refused as refused:
            as_bulk = {"INVALID": "INVALID_PRICE"}
            problems = (Problem(as_bulk.get(p.code, p.code), p.message, p.field, p.extra) for p in refused.problems)
            raise Refused(*problems) from refused
    gone = nodes(variant.channel_listings.all(), given.get("remove") or [], "channelListings")
    variant.channel_listings.filter(pk__in=[listing.pk for listing in gone]).delete()


def _stocks(variant: ProductVariant, given: Mapping[str, Any]) -> None:
    if given.get("create"):
        set_stocks(variant, given["create"])
    changes = given.get("update") or []
    found = nodes(variant.stocks.all(), [change["stock"] for change in changes], "stock")
    if any(change["quantity"] < 0 for change in changes):
        raise refuse("INVALID", "Ensure this value is greater than or equal to 0.", "quantity")
    set_quantities(
        {stock.pk: change["quantity"] for stock, change in zip(found, changes, strict=True)}, in_and_out=True
    )
    gone = nodes(variant.stocks.all(), given.get("remove") or [], "stocks")
    variant.stocks.filter(pk__in=[stock.pk for stock in gone]).delete()


class ProductVariantBulkUpdate(Mutation):
    """Change variants of one product."""

    class Meta:
        errors = ProductVariantBulkError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        product = graphene.ID(required=True)
        variants = graphene.Argument(graphene.NonNull(NonNullList(ProductVariantBulkUpdateInput)))
        error_policy = ErrorPolicyEnum()

    count = graphene.Int(required=True)
    results = graphene.Field(graphene.NonNull(NonNullList(ProductVariantBulkResult)))
    refusal = {"count": 0, "results": []}

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        product: str,
        variants: list[Mapping[str, Any]],
        error_policy: str = "REJECT_EVERYTHING",
    ) -> dict[str, Any]:
        """Each row whole or not at all; with REJECT_EVERYTHING one refused row takes all others back."""
        owner = node(Product.objects.all(), product, "product")
        problems: list[list[Problem]] = []
        changed: dict[int, int] = {}
        with transaction.atomic():
            for index, row in enumerate(variants):
                try:
                    with transaction.atomic():
                        changed[index] = _change(owner, row).pk
                    problems.append([])
                except Refused as refused:
                    problems.append(list(refused.problems))
            good = accepted(problems, error_policy)
            if not good:
                transaction.set_rollback(True)
        fresh = prefetched_variants(ProductVariant.objects.filter(pk__in=changed.values()), info).in_bulk()
        return answer("product_variant", problems, {index: fresh[changed[index]] for index in good})
