"""Making, changing and deleting variants, their prices and stocks."""

from collections.abc import Mapping
from typing import Any

import graphene

from deploy.embedded.channels.models import Channel
from deploy.embedded.core.bulk import accepted, answer
from deploy.embedded.core.enums import ErrorPolicyEnum
from deploy.embedded.core.errors import Refused
from deploy.embedded.core.ids import node, one_of
from deploy.embedded.core.mutation import Mutation, row
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.products.draft import Known, read_variant, save_variants
from deploy.embedded.products.inputs import (
    BulkProductError,
    BulkStockError,
    ProductChannelListingError,
    ProductError,
    ProductVariantBulkCreateInput,
    ProductVariantBulkError,
    ProductVariantChannelListingAddInput,
    ProductVariantCreateInput,
    ProductVariantInput,
    StockInput,
)
from deploy.embedded.products.models import Product
from deploy.embedded.products.models import ProductVariant as Row
from deploy.embedded.products.prices import set_prices, set_stocks
from deploy.embedded.products.queries import prefetched_variants
from deploy.embedded.products.services import delete_variant, update_variant
from deploy.embedded.products.types import ProductVariant
from deploy.embedded.webhooks.events import emit

_PERMISSIONS = ("MANAGE_PRODUCTS",)
_ROWS = Row.objects.select_related("product__product_type")


def _shown(info: graphene.ResolveInfo, variant: Row) -> Row:
    """As it is now, with what the query asks for."""
    return prefetched_variants(Row.objects.filter(pk=variant.pk), info).get()


class ProductVariantCreate(Mutation):
    """Make a variant."""

    class Meta:
        errors = ProductError
        permissions = _PERMISSIONS

    class Arguments:
        input = ProductVariantCreateInput(required=True)

    product_variant = graphene.Field(ProductVariant)

    @classmethod
    def perform(cls, info: graphene.ResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the API's name
        """With its stocks; prices come later."""
        product = node(Product.objects.select_related("product_type"), input["product"], "product")
        known = Known.read([input])
        draft, problems = read_variant(input, product.product_type, [], known)
        if draft is None:
            raise Refused(*problems)
        (variant,) = save_variants([(product, draft)], known.values)
        emit("PRODUCT_VARIANT_CREATED", variant)
        return {"product_variant": _shown(info, variant)}


class ProductVariantBulkResult(graphene.ObjectType):
    """What became of one row."""

    product_variant = graphene.Field(ProductVariant)
    errors = NonNullList(ProductVariantBulkError)


class ProductVariantBulkCreate(Mutation):
    """Make variants of one product with their prices and stocks."""

    class Meta:
        errors = BulkProductError
        permissions = _PERMISSIONS

    class Arguments:
        product = graphene.ID(required=True)
        variants = graphene.Argument(graphene.NonNull(NonNullList(ProductVariantBulkCreateInput)))
        error_policy = ErrorPolicyEnum()

    count = graphene.Int(required=True)
    product_variants = graphene.Field(graphene.NonNull(NonNullList(ProductVariant)))
    results = graphene.Field(graphene.NonNull(NonNullList(ProductVariantBulkResult)))
    refusal = {"count": 0, "product_variants": [], "results": []}

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        product: str,
        variants: list[Mapping[str, Any]],
        error_policy: str = "REJECT_EVERYTHING",
    ) -> dict[str, Any]:
        """Rows as the error policy wants them."""
        owner = node(Product.objects.select_related("product_type"), product, "product")
        channels = list(Channel.objects.filter(pk__in=owner.channel_listings.values("channel")))
        known = Known.read(variants)
        read = [read_variant(given, owner.product_type, channels, known) for given in variants]
        problems = [wrong for _, wrong in read]
        good = accepted(problems, error_policy)
        saved = save_variants([(owner, draft) for index in good if (draft := read[index][0])], known.values)
        emit("PRODUCT_VARIANT_CREATED", *saved)
        fresh = prefetched_variants(Row.objects.filter(pk__in=[variant.pk for variant in saved]), info).in_bulk()
        written = {index: fresh[variant.pk] for index, variant in zip(good, saved, strict=True)}
        told = [{**row(one), "index": index} for index, found in enumerate(problems) for one in found]
        variants_made = list(written.values())
        return {"product_variants": variants_made, "errors": told, **answer("product_variant", problems, written)}


class ProductVariantUpdate(Mutation):
    """Change a variant."""

    class Meta:
        errors = ProductError
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        sku = graphene.String()
        input = ProductVariantInput(required=True)

    product_variant = graphene.Field(ProductVariant)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        input: dict[str, Any],  # noqa: A002 - the API's name
        **ways: str | None,
    ) -> dict[str, Any]:
        """Only what is given changes."""
        variant = _one(ways, locked=True)
        update_variant(variant, input)
        return {"product_variant": _shown(info, variant)}


class ProductVariantDelete(Mutation):
    """Delete a variant."""

    class Meta:
        errors = ProductError
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        sku = graphene.String()

    product_variant = graphene.Field(ProductVariant)

    @classmethod
    def perform(cls, _info: graphene.ResolveInfo, **ways: str | None) -> dict[str, Any]:
        """The deleted variant is shown once more."""
        variant = _one(ways)
        delete_variant(variant)
        return {"product_variant": variant}


class ProductVariantChannelListingUpdate(Mutation):
    """Set a variant's prices."""

    class Meta:
        errors = ProductChannelListingError
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID()
        sku = graphene.String()
        input = graphene.Argument(graphene.NonNull(NonNullList(ProductVariantChannelListingAddInput)))

    variant = graphene.Field(ProductVariant)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        input: list[Mapping[str, Any]],  # noqa: A002 - the API's name
        id: str | None = None,  # noqa: A002 - the API's name
        sku: str | None = None,
    ) -> dict[str, Any]:
        """In the given channels; others stay."""
        variant = one_of(_ROWS.all(), id=id, sku=sku)
        set_prices(variant, input)
        return {"variant": _shown(info, variant)}


class ProductVariantStocksUpdate(Mutation):
    """Set a variant's quantities."""

    class Meta:
        errors = BulkStockError
        permissions = _PERMISSIONS

    class Arguments:
        variant_id = graphene.ID()
        sku = graphene.String()
        stocks = graphene.Argument(graphene.NonNull(NonNullList(StockInput)))

    product_variant = graphene.Field(ProductVariant)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        stocks: list[Mapping[str, Any]],
        variant_id: str | None = None,
        sku: str | None = None,
    ) -> dict[str, Any]:
        """In the given warehouses; others stay."""
        variant = one_of(_ROWS.all(), id=variant_id, sku=sku)
        set_stocks(variant, stocks)
        return {"product_variant": _shown(info, variant)}


def _one(ways: Mapping[str, str | None], *, locked: bool = False) -> Row:
    """The variant by `id`, `external_reference` or `sku`."""
    given = {name: ways.get(name) for name in ("id", "external_reference", "sku")}
    return one_of(_ROWS.select_for_update(of=("self",)) if locked else _ROWS.all(), **given)
