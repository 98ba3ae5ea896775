"""The shop's own settings: one row."""

from django.db import models

from deploy.embedded.core.models import WithMetadata


class Shop(WithMetadata):
    """Settings that hold in every channel."""

    name = models.CharField(max_length=50, default="Saleor e-commerce")
    header_text = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=500, blank=True)
    track_inventory_by_default = models.BooleanField(default=True)
    default_weight_unit = models.CharField(max_length=30, default="KG")
    fulfillment_auto_approve = models.BooleanField(default=True)
    fulfillment_allow_unpaid = models.BooleanField(default=True)
    limit_quantity_per_checkout = models.PositiveIntegerField(null=True, default=50)

    use_legacy_shipping_zone_stock_availability = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Shop":
        """The one row, made when it is first asked for."""
        shop, _ = cls.objects.get_or_create(pk=1)
        return shop
