"""Making, changing and deleting products."""

from collections.abc import Mapping
from typing import Any

import graphene

from deploy.embedded.core.bulk import answer
from deploy.embedded.core.enums import ErrorPolicyEnum
from deploy.embedded.core.ids import node, nodes, one_of
from deploy.embedded.core.mutation import Mutation
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.products.bulk import create_products
from deploy.embedded.products.inputs import (
    ProductBulkCreateError,
    ProductBulkCreateInput,
    ProductChannelListingError,
    ProductChannelListingUpdateInput,
    ProductError,
    ProductInput,
)
from deploy.embedded.products.models import Product as Row
from deploy.embedded.products.queries import prefetched
from deploy.embedded.products.services import delete_products, update_listings, update_product
from deploy.embedded.products.types import Product

_PERMISSIONS = ("MANAGE_PRODUCTS",)


class ProductBulkResult(graphene.ObjectType):
    """What became of one row."""

    product = graphene.Field(Product)
    errors = NonNullList(ProductBulkCreateError)


class ProductBulkCreate(Mutation):
    """Make products with their listings, variants, prices and stocks."""

    class Meta:
        errors = ProductBulkCreateError
        permissions = _PERMISSIONS

    class Arguments:
        products = graphene.Argument(graphene.NonNull(NonNullList(ProductBulkCreateInput)))
        error_policy = ErrorPolicyEnum()

    count = graphene.Int(required=True)
    results = graphene.Field(graphene.NonNull(NonNullList(ProductBulkResult)))
    refusal = {"count": 0, "results": []}

    @classmethod
    def perform(
        cls, info: graphene.ResolveInfo, *, products: list[Mapping[str, Any]], error_policy: str = "REJECT_EVERYTHING"
    ) -> dict[str, Any]:
        """Rows as the error policy wants them."""
        problems, made = create_products(products, error_policy)
        fresh = prefetched(Row.objects.filter(pk__in=[product.pk for product in made.values()]), info).in_bulk()
        return answer("product", problems, {index: fresh[product.pk] for index, product in made.items()})


class ProductUpdate(Mutation):
    """Change a product."""

    class Meta:
        errors = ProductError
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        input = ProductInput(required=True)

    product = graphene.Field(Product)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        input: dict[str, Any],  # noqa: A002 - the API's name
        id: str | None = None,  # noqa: A002 - the API's name
        external_reference: str | None = None,
    ) -> dict[str, Any]:
        """Only what is given changes."""
        rows = Row.objects.select_for_update(of=("self",)).select_related("product_type")
        product = one_of(rows, id=id, external_reference=external_reference)
        update_product(product, input)
        return {"product": prefetched(Row.objects.filter(pk=product.pk), info).get()}


class ProductChannelListingUpdate(Mutation):
    """Change where a product is listed."""

    class Meta:
        errors = ProductChannelListingError
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID(required=True)
        input = ProductChannelListingUpdateInput(required=True)

    product = graphene.Field(Product)

    @classmethod
    def perform(
        cls,
        info: graphene.ResolveInfo,
        *,
        id: str,  # noqa: A002 - the API's name
        input: dict[str, Any],  # noqa: A002 - the API's name
    ) -> dict[str, Any]:
        """Only what is given changes."""
        product = node(Row.objects.select_for_update(), id)
        update_listings(product, input)
        return {"product": prefetched(Row.objects.filter(pk=product.pk), info).get()}


class ProductDelete(Mutation):
    """Delete a product."""

    class Meta:
        errors = ProductError
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()

    product = graphene.Field(Product)

    @classmethod
    def perform(
        cls,
        _info: graphene.ResolveInfo,
        *,
        id: str | None = None,  # noqa: A002 - the API's name
        external_reference: str | None = None,
    ) -> dict[str, Any]:
        """The deleted product is shown once more."""
        product = one_of(Row.objects.select_related("product_type"), id=id, external_reference=external_reference)
        delete_products([product])
        return {"product": product}


class ProductBulkDelete(Mutation):
    """Delete products."""

    class Meta:
        errors = ProductError
        permissions = _PERMISSIONS

    class Arguments:
        ids = graphene.Argument(graphene.NonNull(NonNullList(graphene.ID)))

    count = graphene.Int(required=True)
    refusal = {"count": 0}

    @classmethod
    def perform(cls, _info: graphene.ResolveInfo, *, ids: list[str]) -> dict[str, Any]:
        """All of them or none."""
        products = nodes(Row.objects.all(), ids, "ids")
        delete_products(products)
        return {"count": len(products)}
