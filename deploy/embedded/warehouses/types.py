"""Warehouses, stock and allocations in the schema."""

from typing import Any

import graphene
from django.db.models import Q, QuerySet

from deploy.embedded.addresses.types import Address
from deploy.embedded.core.connection import Page, connection, page, paged
from deploy.embedded.core.context import require
from deploy.embedded.core.enums import enum
from deploy.embedded.core.ids import find, key_of
from deploy.embedded.core.metadata import MetadataFields, ObjectWithMetadata
from deploy.embedded.core.objects import ModelObject, Node, NonNullList
from deploy.embedded.warehouses.models import Allocation as AllocationRow
from deploy.embedded.warehouses.models import Stock as StockRow
from deploy.embedded.warehouses.models import Warehouse as Row

WarehouseClickAndCollectOptionEnum = enum("WarehouseClickAndCollectOptionEnum", "DISABLED LOCAL ALL")
_READERS = ("MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_SHIPPING")


class Warehouse(MetadataFields, ModelObject):
    """A place with stock."""

    class Meta:
        model = Row
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    email = graphene.String(required=True)
    is_private = graphene.Boolean(required=True)
    address = graphene.Field(Address, required=True)
    click_and_collect_option = WarehouseClickAndCollectOptionEnum(required=True)
    external_reference = graphene.String()


def _variant() -> Any:
    from deploy.embedded.products.types import ProductVariant  # noqa: PLC0415 - the two types name each other

    return ProductVariant


class Stock(ModelObject):
    """Pieces of a variant in a warehouse."""

    class Meta:
        model = StockRow
        interfaces = (Node,)

    warehouse = graphene.Field(Warehouse, required=True)
    product_variant = graphene.Field(_variant, required=True)
    quantity = graphene.Int(required=True)
    quantity_allocated = graphene.Int(required=True)
    quantity_reserved = graphene.Int(required=True, default_value=0)

    @staticmethod
    def resolve_product_variant(root: StockRow, _info: graphene.ResolveInfo) -> Any:
        """What lies there."""
        return root.variant

    @staticmethod
    def resolve_quantity(root: StockRow, info: graphene.ResolveInfo) -> int:
        """All pieces, for those who manage products or orders."""
        require(info, "MANAGE_PRODUCTS", "MANAGE_ORDERS")
        return root.quantity

    @staticmethod
    def resolve_quantity_allocated(root: StockRow, info: graphene.ResolveInfo) -> int:
        """Pieces held for orders."""
        require(info, "MANAGE_PRODUCTS", "MANAGE_ORDERS")
        return root.quantity_allocated

    @staticmethod
    def resolve_quantity_reserved(_root: StockRow, info: graphene.ResolveInfo) -> int:
        """Checkouts reserve nothing here: only an order takes stock."""
        require(info, "MANAGE_PRODUCTS", "MANAGE_ORDERS")
        return 0


class Allocation(ModelObject):
    """Pieces of a warehouse that an order line holds."""

    class Meta:
        model = AllocationRow
        interfaces = (Node,)

    quantity = graphene.Int(required=True)
    warehouse = graphene.Field(Warehouse, required=True)

    @staticmethod
    def resolve_warehouse(root: AllocationRow, _info: graphene.ResolveInfo) -> Row:
        """Where they lie."""
        return root.stock.warehouse


class WarehouseFilterInput(graphene.InputObjectType):
    """Which warehouses."""

    click_and_collect_option = WarehouseClickAndCollectOptionEnum()
    search = graphene.String()
    ids = NonNullList(graphene.ID)
    is_private = graphene.Boolean()
    channels = NonNullList(graphene.ID)
    slugs = NonNullList(graphene.String)


WarehouseCountableConnection = connection(Warehouse)


def _filtered(data: dict[str, Any]) -> QuerySet[Row]:
    rows = Row.objects.select_related("address")
    for name in ("click_and_collect_option", "is_private"):
        if data.get(name) is not None:
            rows = rows.filter(**{name: data[name]})
    if data.get("slugs"):
        rows = rows.filter(slug__in=data["slugs"])
    if data.get("ids"):
        rows = rows.filter(pk__in=[key_of(Row, value) for value in data["ids"]])
    if data.get("channels"):
        keys = [key_of(Row.channels.rel.model, value, "Channel") for value in data["channels"]]
        rows = rows.filter(channels__in=keys).distinct()
    if text := data.get("search"):
        rows = rows.filter(Q(name__icontains=text) | Q(slug__icontains=text) | Q(email__icontains=text))
    return rows


class WarehouseQueries:
    """Root fields about warehouses."""

    warehouse = graphene.Field(Warehouse, id=graphene.ID(), external_reference=graphene.String())
    warehouses = paged(WarehouseCountableConnection, filter=WarehouseFilterInput())

    @staticmethod
    def resolve_warehouse(
        _root: None,
        info: graphene.ResolveInfo,
        id: str | None = None,  # noqa: A002 - the API's name
        external_reference: str | None = None,
    ) -> Row | None:
        """One warehouse, for an app that works with them."""
        require(info, *_READERS)
        if id:
            return find(Row.objects.all(), id)
        return Row.objects.filter(external_reference=external_reference).first()

    @staticmethod
    def resolve_warehouses(
        _root: None,
        info: graphene.ResolveInfo,
        filter: dict[str, Any] | None = None,  # noqa: A002 - the API's name
        **paging: Any,
    ) -> Page:
        """Warehouses by slug."""
        require(info, *_READERS)
        return page(_filtered(filter or {}), info, order=["slug"], **paging)
