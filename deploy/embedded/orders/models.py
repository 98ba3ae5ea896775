"""Orders, their lines, what happened to them, and what was handed over."""

import uuid

from django.db import models
from django.utils import timezone

from deploy.embedded.core.models import WithMetadata, money, reference


class OrderNumber(models.Model):
    """A counter: the key of a new row is the next order's number, without a lock between two buyers."""

    def __str__(self) -> str:
        return str(self.pk)


class Order(WithMetadata):
    """An order. Amounts are gross and net in the channel's currency."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.BigIntegerField(unique=True)
    status = models.CharField(max_length=32, default="UNFULFILLED", db_index=True)
    channel = models.ForeignKey("embedded.Channel", models.PROTECT, related_name="orders")
    checkout_token = models.UUIDField(null=True, unique=True)
    user_email = models.EmailField(blank=True)
    language_code = models.CharField(max_length=35, default="EN")
    currency = models.CharField(max_length=3)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    shipping_price = money(default=0)
    total = money(default=0)
    total_charged = money(default=0)
    charge_status = models.CharField(max_length=32, default="NONE")
    shipping_address = models.ForeignKey("embedded.Address", models.SET_NULL, null=True, related_name="+")
    billing_address = models.ForeignKey("embedded.Address", models.SET_NULL, null=True, related_name="+")
    shipping_method = models.ForeignKey("embedded.ShippingMethodType", models.SET_NULL, null=True, related_name="+")
    shipping_method_name = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001 - the API answers null for none
    collection_point = models.ForeignKey("embedded.Warehouse", models.SET_NULL, null=True, related_name="+")
    collection_point_name = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001 - the API answers null for none
    customer_note = models.TextField(blank=True)
    external_reference = reference()
    created = models.DateTimeField(default=timezone.now, db_index=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"#{self.number}"


class OrderLine(WithMetadata):
    """Pieces bought, at the price of that moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    variant = models.ForeignKey("embedded.ProductVariant", models.SET_NULL, null=True, related_name="order_lines")
    position = models.PositiveIntegerField(default=0)
    product_name = models.CharField(max_length=386)
    variant_name = models.CharField(max_length=255, blank=True)
    product_sku = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001 - the API answers null for none
    product_variant_id = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001 - the API answers null for none
    is_shipping_required = models.BooleanField()
    quantity = models.PositiveIntegerField()
    quantity_fulfilled = models.PositiveIntegerField(default=0)
    unit_price = money()
    undiscounted_unit_price = money()
    is_price_overridden = models.BooleanField(default=False)
    price_override_reason = models.TextField(null=True, blank=True)  # noqa: DJ001 - the API answers null for none

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_name}"

    @property
    def quantity_to_fulfill(self) -> int:
        """Pieces not handed over yet."""
        return self.quantity - self.quantity_fulfilled


class OrderEvent(models.Model):
    """Something that happened to an order."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="events")
    type = models.CharField(max_length=255)
    date = models.DateTimeField(default=timezone.now)
    app = models.ForeignKey("embedded.App", models.SET_NULL, null=True, related_name="+")
    parameters = models.JSONField(default=dict)

    class Meta:
        ordering = ["date", "pk"]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.type}"


class Fulfillment(WithMetadata):
    """Pieces that left one warehouse."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="fulfillments")
    fulfillment_order = models.PositiveIntegerField()
    status = models.CharField(max_length=32, default="FULFILLED")
    tracking_number = models.CharField(max_length=255, blank=True)
    warehouse = models.ForeignKey("embedded.Warehouse", models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.order_id}-{self.fulfillment_order}"


class FulfillmentLine(models.Model):
    """Pieces of one order line in a fulfilment, and the stock that they came from."""

    fulfillment = models.ForeignKey(Fulfillment, models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(OrderLine, models.CASCADE, related_name="fulfillment_lines")
    stock = models.ForeignKey("embedded.Stock", models.SET_NULL, null=True, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.fulfillment_id}: {self.quantity}"
