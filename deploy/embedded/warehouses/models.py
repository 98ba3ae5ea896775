"""Warehouses, what lies in them, and what of it is promised to orders."""

import uuid

from django.db import models

from deploy.embedded.core.models import WithMetadata, reference


class Warehouse(WithMetadata):
    """A place with stock; with `click_and_collect_option` LOCAL or ALL also a collection point."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    email = models.EmailField(blank=True)
    address = models.ForeignKey("embedded.Address", models.PROTECT)
    click_and_collect_option = models.CharField(max_length=30, default="DISABLED")
    is_private = models.BooleanField(default=True)
    external_reference = reference()

    class Meta:
        ordering = ["-slug"]

    def __str__(self) -> str:
        return self.slug


class ChannelWarehouse(models.Model):
    """The warehouses of a channel; the order of their rows is the order of allocation."""

    channel = models.ForeignKey("embedded.Channel", models.CASCADE, related_name="channel_warehouses")
    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="channel_warehouses")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["channel", "warehouse"], name="warehouse_once_per_channel")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.warehouse_id}"


class Stock(models.Model):
    """Pieces of a variant in a warehouse. `quantity_allocated` of them belong to orders not yet fulfilled."""

    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="stocks")
    variant = models.ForeignKey("embedded.ProductVariant", models.CASCADE, related_name="stocks")
    quantity = models.IntegerField(default=0)
    quantity_allocated = models.IntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["warehouse", "variant"], name="one_stock_per_warehouse"),
            models.CheckConstraint(condition=models.Q(quantity_allocated__gte=0), name="allocated_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} in {self.warehouse_id}: {self.quantity}"

    @property
    def available(self) -> int:
        """Pieces that no order holds."""
        return max(self.quantity - self.quantity_allocated, 0)


class Allocation(models.Model):
    """Pieces of one stock that one order line holds."""

    order_line = models.ForeignKey("embedded.OrderLine", models.CASCADE, related_name="allocations")
    stock = models.ForeignKey(Stock, models.CASCADE, related_name="allocations")
    quantity = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["order_line", "stock"], name="one_allocation_per_stock")]

    def __str__(self) -> str:
        return f"{self.order_line_id}: {self.quantity}"
