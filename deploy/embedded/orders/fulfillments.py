"""Lines of orders and what was handed over of them, in the schema."""

from typing import Any

import graphene

from deploy.embedded.core.context import require
from deploy.embedded.core.enums import enum
from deploy.embedded.core.ids import global_id
from deploy.embedded.core.metadata import MetadataFields, ObjectWithMetadata
from deploy.embedded.core.money import Taxed, TaxedMoney, taxed
from deploy.embedded.core.objects import ModelObject, Node, NonNullList
from deploy.embedded.orders.models import Fulfillment as FulfillmentRow
from deploy.embedded.orders.models import FulfillmentLine as PieceRow
from deploy.embedded.orders.models import OrderLine as LineRow
from deploy.embedded.products.types import ProductVariant
from deploy.embedded.warehouses.types import Allocation, Warehouse

FulfillmentStatus = enum(
    "FulfillmentStatus", "FULFILLED REFUNDED RETURNED REPLACED REFUNDED_AND_RETURNED CANCELED WAITING_FOR_APPROVAL"
)


class OrderLine(MetadataFields, ModelObject):
    """Pieces bought."""

    class Meta:
        model = LineRow
        interfaces = (Node, ObjectWithMetadata)

    product_name = graphene.String(required=True)
    variant_name = graphene.String(required=True)
    product_sku = graphene.String()
    product_variant_id = graphene.String()
    is_shipping_required = graphene.Boolean(required=True)
    quantity = graphene.Int(required=True)
    quantity_fulfilled = graphene.Int(required=True)
    quantity_to_fulfill = graphene.Int(required=True)
    tax_rate = graphene.Float(required=True)
    unit_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_unit_price = graphene.Field(TaxedMoney, required=True)
    total_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_total_price = graphene.Field(TaxedMoney, required=True)
    is_price_overridden = graphene.Boolean()
    price_override_reason = graphene.String()
    variant = graphene.Field(ProductVariant)
    allocations = NonNullList(Allocation)

    @staticmethod
    def resolve_product_variant_id(root: LineRow, _info: graphene.ResolveInfo) -> str | None:
        """The variant's id, though it may be deleted."""
        return global_id("ProductVariant", root.product_variant_id) if root.product_variant_id else None

    @staticmethod
    def resolve_tax_rate(root: LineRow, _info: graphene.ResolveInfo) -> Any:
        """As a fraction: 0.08."""
        return root.order.tax_rate / 100

    @staticmethod
    def resolve_unit_price(root: LineRow, _info: graphene.ResolveInfo) -> Taxed:
        """Of a piece."""
        return taxed(root.unit_price, root.order.currency, root.order.tax_rate)

    @staticmethod
    def resolve_undiscounted_unit_price(root: LineRow, _info: graphene.ResolveInfo) -> Taxed:
        """Of a piece, by the channel."""
        return taxed(root.undiscounted_unit_price, root.order.currency, root.order.tax_rate)

    @staticmethod
    def resolve_total_price(root: LineRow, _info: graphene.ResolveInfo) -> Taxed:
        """Of all pieces."""
        return taxed(root.unit_price * root.quantity, root.order.currency, root.order.tax_rate)

    @staticmethod
    def resolve_undiscounted_total_price(root: LineRow, _info: graphene.ResolveInfo) -> Taxed:
        """Of all pieces, by the channel."""
        return taxed(root.undiscounted_unit_price * root.quantity, root.order.currency, root.order.tax_rate)

    @staticmethod
    def resolve_variant(root: LineRow, _info: graphene.ResolveInfo) -> Any:
        """Null when it was deleted."""
        if root.variant is not None:
            root.variant.shown_in = root.order.channel.slug
        return root.variant

    @staticmethod
    def resolve_allocations(root: LineRow, info: graphene.ResolveInfo) -> Any:
        """Where its pieces are held, for those who manage orders or products."""
        require(info, "MANAGE_PRODUCTS", "MANAGE_ORDERS")
        return root.allocations.all()


class FulfillmentLine(ModelObject):
    """Pieces of a line that were handed over."""

    class Meta:
        model = PieceRow
        interfaces = (Node,)

    quantity = graphene.Int(required=True)
    order_line = graphene.Field(OrderLine)


class Fulfillment(MetadataFields, ModelObject):
    """Pieces that left one warehouse."""

    class Meta:
        model = FulfillmentRow
        interfaces = (Node, ObjectWithMetadata)

    fulfillment_order = graphene.Int(required=True)
    status = FulfillmentStatus(required=True)
    status_display = graphene.String()
    tracking_number = graphene.String(required=True)
    created = graphene.DateTime(required=True)
    lines = NonNullList(FulfillmentLine)
    warehouse = graphene.Field(Warehouse)

    @staticmethod
    def resolve_status_display(root: FulfillmentRow, _info: graphene.ResolveInfo) -> str:
        """The status in words."""
        return root.status.replace("_", " ").capitalize()

    @staticmethod
    def resolve_lines(root: FulfillmentRow, _info: graphene.ResolveInfo) -> Any:
        """What left."""
        return root.lines.all()
