"""Making categories and product types."""

from collections.abc import Mapping
from typing import Any

import graphene

from deploy.embedded.attributes.models import Attribute
from deploy.embedded.core.enums import enum
from deploy.embedded.core.errors import refuse
from deploy.embedded.core.ids import node, nodes
from deploy.embedded.core.metadata import MetadataInput, set_metadata
from deploy.embedded.core.mutation import Mutation
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.core.scalars import WeightScalar
from deploy.embedded.core.text import unique_slug
from deploy.embedded.products.inputs import ProductError, SeoInput
from deploy.embedded.products.kinds import Category, ProductType, ProductTypeKindEnum
from deploy.embedded.products.models import Category as CategoryRow
from deploy.embedded.products.models import ProductType as TypeRow
from deploy.embedded.products.models import ProductTypeAttribute

ProductAttributeType = enum("ProductAttributeType", "PRODUCT VARIANT")


def _name_and_slug(model: type[Any], data: Mapping[str, Any], label: str) -> tuple[str, str]:
    name, slug = (data.get("name") or "").strip(), data.get("slug")
    if not name:
        raise refuse("REQUIRED", "This field cannot be blank.", "name")
    if slug and model.objects.filter(slug=slug).exists():
        raise refuse("UNIQUE", f"{label} with this Slug already exists.", "slug")
    return name, slug or unique_slug(model, name)


class CategoryInput(graphene.InputObjectType):
    """A new category."""

    description = graphene.JSONString()
    name = graphene.String()
    slug = graphene.String()
    seo = SeoInput()
    metadata = NonNullList(MetadataInput)
    private_metadata = NonNullList(MetadataInput)


class CategoryCreate(Mutation):
    """Make a category."""

    class Meta:
        errors = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        input = CategoryInput(required=True)
        parent = graphene.ID()

    category = graphene.Field(Category)

    @classmethod
    def perform(
        cls,
        _info: graphene.ResolveInfo,
        *,
        input: dict[str, Any],  # noqa: A002 - the API's name
        parent: str | None = None,
    ) -> dict[str, Any]:
        """Below its parent where one is given."""
        above = node(CategoryRow.objects.all(), parent, "parent") if parent else None
        name, slug = _name_and_slug(CategoryRow, input, "Category")
        seo = input.get("seo") or {}
        category = CategoryRow(
            name=name,
            slug=slug,
            description=input.get("description"),
            parent=above,
            level=above.level + 1 if above else 0,
            seo_title=seo.get("title") or "",
            seo_description=seo.get("description") or "",
        )
        set_metadata(category, input)
        category.save()
        return {"category": category}


class ProductTypeInput(graphene.InputObjectType):
    """A new product type."""

    name = graphene.String()
    slug = graphene.String()
    kind = ProductTypeKindEnum()
    has_variants = graphene.Boolean()
    product_attributes = NonNullList(graphene.ID)
    variant_attributes = NonNullList(graphene.ID)
    is_shipping_required = graphene.Boolean()
    is_digital = graphene.Boolean()
    weight = WeightScalar()


def _attributes(values: list[str] | None, field: str) -> list[Attribute]:
    found = nodes(Attribute.objects.all(), values or [], field)
    if any(attribute.type != "PRODUCT_TYPE" for attribute in found):
        raise refuse("INVALID", "Only Product type attributes are allowed.", field)
    return found


class ProductTypeCreate(Mutation):
    """Make a product type."""

    class Meta:
        errors = ProductError
        permissions = ("MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",)

    class Arguments:
        input = ProductTypeInput(required=True)

    product_type = graphene.Field(ProductType)

    @classmethod
    def perform(cls, _info: graphene.ResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the API's name
        """With the attributes of its products and variants."""
        name, slug = _name_and_slug(TypeRow, input, "Product type")
        columns = ("kind", "has_variants", "is_shipping_required", "is_digital", "weight")
        given = {column: input[column] for column in columns if input.get(column) is not None}
        product_type = TypeRow.objects.create(name=name, slug=slug, **given)
        links = [
            ProductTypeAttribute(product_type=product_type, attribute=attribute, of=of)
            for field, key, of in (
                ("productAttributes", "product_attributes", "PRODUCT"),
                ("variantAttributes", "variant_attributes", "VARIANT"),
            )
            for attribute in _attributes(input.get(key), field)
        ]
        ProductTypeAttribute.objects.bulk_create(links)
        return {"product_type": product_type}


class ProductAttributeAssignInput(graphene.InputObjectType):
    """An attribute to give to a type's products or variants."""

    id = graphene.ID(required=True)
    type = ProductAttributeType(required=True)
    variant_selection = graphene.Boolean()


class ProductAttributeAssign(Mutation):
    """Give attributes to a product type."""

    class Meta:
        errors = ProductError
        permissions = ("MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",)

    class Arguments:
        product_type_id = graphene.ID(required=True)
        operations = graphene.Argument(graphene.NonNull(NonNullList(ProductAttributeAssignInput)))

    product_type = graphene.Field(ProductType)

    @classmethod
    def perform(
        cls, _info: graphene.ResolveInfo, *, product_type_id: str, operations: list[Mapping[str, Any]]
    ) -> dict[str, Any]:
        """Each once."""
        product_type = node(TypeRow.objects.all(), product_type_id, "productTypeId")
        attributes = _attributes([operation["id"] for operation in operations], "operations")
        present = set(product_type.assigned.values_list("attribute_id", flat=True))
        again = [op["id"] for op, attribute in zip(operations, attributes, strict=True) if attribute.pk in present]
        if again:
            message = "Attributes have already been assigned to this product type."
            raise refuse("ATTRIBUTE_ALREADY_ASSIGNED", message, "operations", attributes=again)
        ProductTypeAttribute.objects.bulk_create(
            ProductTypeAttribute(
                product_type=product_type,
                attribute=attribute,
                of=str(operation["type"]),
                variant_selection=bool(operation.get("variant_selection")),
            )
            for operation, attribute in zip(operations, attributes, strict=True)
        )
        return {"product_type": product_type}
