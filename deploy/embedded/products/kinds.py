"""Categories and product types in the schema."""

from typing import Any

import graphene
from django.db.models import Q, QuerySet

from deploy.embedded.attributes.types import Attribute
from deploy.embedded.core.connection import Page, connection, page, paged
from deploy.embedded.core.enums import enum
from deploy.embedded.core.ids import find, key_of
from deploy.embedded.core.metadata import MetadataFields, ObjectWithMetadata
from deploy.embedded.core.objects import ModelObject, Node, NonNullList
from deploy.embedded.products.models import Category as CategoryRow
from deploy.embedded.products.models import ProductType as TypeRow
from deploy.embedded.shipping.types import Weight, kilograms

ProductTypeKindEnum = enum("ProductTypeKindEnum", "NORMAL GIFT_CARD")


class Category(MetadataFields, ModelObject):
    """A shelf."""

    class Meta:
        model = CategoryRow
        interfaces = (Node, ObjectWithMetadata)

    seo_title = graphene.String()
    seo_description = graphene.String()
    name = graphene.String(required=True)
    description = graphene.JSONString()
    slug = graphene.String(required=True)
    parent = graphene.Field(lambda: Category)
    level = graphene.Int(required=True)
    updated_at = graphene.DateTime(required=True)


class ProductType(MetadataFields, ModelObject):
    """What kind of product it is."""

    class Meta:
        model = TypeRow
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    has_variants = graphene.Boolean(required=True)
    is_shipping_required = graphene.Boolean(required=True)
    weight = graphene.Field(Weight)
    kind = ProductTypeKindEnum(required=True)
    product_attributes = NonNullList(Attribute)

    @staticmethod
    def resolve_weight(root: TypeRow, _info: graphene.ResolveInfo) -> dict[str, Any] | None:
        """In kilograms."""
        return kilograms(root.weight)

    @staticmethod
    def resolve_product_attributes(root: TypeRow, _info: graphene.ResolveInfo) -> list[Any]:
        """What its products have."""
        return [link.attribute for link in root.assigned.select_related("attribute") if link.of == "PRODUCT"]


CategoryCountableConnection = connection(Category)
ProductTypeCountableConnection = connection(ProductType)


class CategoryFilterInput(graphene.InputObjectType):
    """Which categories."""

    search = graphene.String()
    ids = NonNullList(graphene.ID)
    slugs = NonNullList(graphene.String)


class ProductTypeFilterInput(graphene.InputObjectType):
    """Which product types."""

    search = graphene.String()
    ids = NonNullList(graphene.ID)
    slugs = NonNullList(graphene.String)


def _filtered(rows: QuerySet[Any], given: dict[str, Any] | None) -> QuerySet[Any]:
    given = given or {}
    if text := given.get("search"):
        rows = rows.filter(Q(name__icontains=text) | Q(slug__icontains=text))
    if given.get("ids"):
        rows = rows.filter(pk__in=[key_of(rows.model, value) for value in given["ids"]])
    return rows.filter(slug__in=given["slugs"]) if given.get("slugs") else rows


class KindQueries:
    """Root fields about categories and product types."""

    category = graphene.Field(Category, id=graphene.ID(), slug=graphene.String())
    categories = paged(CategoryCountableConnection, filter=CategoryFilterInput(), level=graphene.Int())
    product_type = graphene.Field(ProductType, id=graphene.ID(required=True))
    product_types = paged(ProductTypeCountableConnection, filter=ProductTypeFilterInput())

    @staticmethod
    def resolve_category(
        _root: None,
        _info: graphene.ResolveInfo,
        id: str | None = None,  # noqa: A002 - the API's name
        slug: str | None = None,
    ) -> CategoryRow | None:
        """One category."""
        return find(CategoryRow.objects.all(), id) if id else CategoryRow.objects.filter(slug=slug).first()

    @staticmethod
    def resolve_categories(
        _root: None,
        info: graphene.ResolveInfo,
        filter: dict[str, Any] | None = None,  # noqa: A002 - the API's name
        level: int | None = None,
        **paging: Any,
    ) -> Page:
        """Categories in the order in which they were made."""
        rows = _filtered(CategoryRow.objects.all(), filter)
        return page(rows if level is None else rows.filter(level=level), info, order=["pk"], **paging)

    @staticmethod
    def resolve_product_type(
        _root: None,
        _info: graphene.ResolveInfo,
        id: str,  # noqa: A002 - the API's name
    ) -> TypeRow | None:
        """One product type."""
        return find(TypeRow.objects.all(), id)

    @staticmethod
    def resolve_product_types(
        _root: None,
        info: graphene.ResolveInfo,
        filter: dict[str, Any] | None = None,  # noqa: A002 - the API's name
        **paging: Any,
    ) -> Page:
        """Product types by slug."""
        return page(_filtered(TypeRow.objects.all(), filter), info, order=["slug"], **paging)
