"""Shipping zones, methods and their prices per channel."""

from django.db import models

from deploy.embedded.core.models import WithMetadata, money


class ShippingZone(WithMetadata):
    """Countries served from some warehouses in some channels."""

    name = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    countries = models.JSONField(default=list)
    default = models.BooleanField(default=False)
    warehouses = models.ManyToManyField("embedded.Warehouse", related_name="shipping_zones")
    channels = models.ManyToManyField("embedded.Channel", related_name="shipping_zones")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ShippingMethodType(WithMetadata):
    """A way to send things, priced per channel; weights in kilograms, times in days."""

    shipping_zone = models.ForeignKey(ShippingZone, models.CASCADE, related_name="shipping_methods")
    name = models.CharField(max_length=100)
    type = models.CharField(max_length=30)
    description = models.JSONField(null=True, blank=True)
    minimum_order_weight = models.FloatField(null=True, blank=True)
    maximum_order_weight = models.FloatField(null=True, blank=True)
    minimum_delivery_days = models.PositiveIntegerField(null=True, blank=True)
    maximum_delivery_days = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ShippingMethodChannelListing(models.Model):
    """What a method costs in a channel, and for which order totals it is offered."""

    shipping_method = models.ForeignKey(ShippingMethodType, models.CASCADE, related_name="channel_listings")
    channel = models.ForeignKey("embedded.Channel", models.CASCADE, related_name="+")
    price = money(default=0)
    minimum_order_price = money(null=True, default=0)
    maximum_order_price = money(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["shipping_method", "channel"], name="one_price_per_channel")]

    def __str__(self) -> str:
        return f"{self.shipping_method_id} in {self.channel_id}: {self.price}"
