"""Making and changing warehouses."""

from typing import Any

import graphene

from deploy.embedded.addresses.services import build_address
from deploy.embedded.addresses.types import AddressInput
from deploy.embedded.core.errors import refuse
from deploy.embedded.core.ids import nodes, one_of
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.core.text import unique_slug
from deploy.embedded.shipping.models import ShippingZone
from deploy.embedded.warehouses.models import Warehouse as Row
from deploy.embedded.warehouses.types import Warehouse, WarehouseClickAndCollectOptionEnum

WarehouseError = error_type(
    "WarehouseError",
    "ALREADY_EXISTS GRAPHQL_ERROR INVALID NOT_FOUND REQUIRED UNIQUE",
    shipping_zones=NonNullList(graphene.ID),
)


class WarehouseCreateInput(graphene.InputObjectType):
    """A new warehouse; `slug` is made from the name when it is left out."""

    slug = graphene.String()
    email = graphene.String()
    external_reference = graphene.String()
    name = graphene.String(required=True)
    address = AddressInput(required=True)
    shipping_zones = NonNullList(graphene.ID)


class WarehouseUpdateInput(graphene.InputObjectType):
    """What changes; what is left out stays."""

    slug = graphene.String()
    email = graphene.String()
    external_reference = graphene.String()
    name = graphene.String()
    address = AddressInput()
    click_and_collect_option = WarehouseClickAndCollectOptionEnum()
    is_private = graphene.Boolean()


def _save(warehouse: Row, data: dict[str, Any]) -> None:
    if "name" in data and not (data["name"] or "").strip():
        raise refuse("REQUIRED", "This field cannot be blank.", "name")
    for name, label in (("slug", "Slug"), ("external_reference", "External reference")):
        value = data.get(name)
        if value and Row.objects.filter(**{name: value}).exclude(pk=warehouse.pk).exists():
            field = "externalReference" if name == "external_reference" else name
            raise refuse("UNIQUE", f"Warehouse with this {label} already exists.", field)
    for name in ("name", "slug", "email", "external_reference", "click_and_collect_option", "is_private"):
        if data.get(name) is not None:
            setattr(warehouse, name, data[name])
    if warehouse.is_private and warehouse.click_and_collect_option == "LOCAL":
        raise refuse(
            "INVALID", "Local warehouse can be toggled only for non-private warehouse stocks", "clickAndCollectOption"
        )
    if data.get("address"):
        warehouse.address = build_address(data["address"], may_skip=True)
    warehouse.slug = warehouse.slug or unique_slug(Row, warehouse.name)
    warehouse.save()


class WarehouseCreate(Mutation):
    """Make a warehouse."""

    class Meta:
        errors = WarehouseError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        input = WarehouseCreateInput(required=True)

    warehouse = graphene.Field(Warehouse)

    @classmethod
    def perform(cls, _info: graphene.ResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the API's name
        """It is private and no collection point until it is changed."""
        warehouse = Row()
        _save(warehouse, input)
        if zones := input.get("shipping_zones"):
            warehouse.shipping_zones.add(*nodes(ShippingZone.objects.all(), zones, "shippingZones"))
        return {"warehouse": warehouse}


class WarehouseUpdate(Mutation):
    """Change a warehouse."""

    class Meta:
        errors = WarehouseError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        input = WarehouseUpdateInput(required=True)

    warehouse = graphene.Field(Warehouse)

    @classmethod
    def perform(
        cls,
        _info: graphene.ResolveInfo,
        *,
        input: dict[str, Any],  # noqa: A002 - the API's name
        id: str | None = None,  # noqa: A002 - the API's name
        external_reference: str | None = None,
    ) -> dict[str, Any]:
        """Only what is given changes."""
        warehouse = one_of(Row.objects.select_related("address"), id=id, external_reference=external_reference)
        _save(warehouse, input)
        return {"warehouse": warehouse}
