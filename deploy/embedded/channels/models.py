"""Sales channels."""

from django.db import models

from deploy.embedded.core.models import WithMetadata


class Channel(WithMetadata):
    """Where products are listed and priced, with the rules of its orders."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True)
    is_active = models.BooleanField(default=False)
    currency_code = models.CharField(max_length=3)
    default_country = models.CharField(max_length=2)
    allocation_strategy = models.CharField(max_length=30, default="PRIORITIZE_SORTING_ORDER")
    automatically_confirm_all_new_orders = models.BooleanField(default=True)
    allow_unpaid_orders = models.BooleanField(default=False)
    mark_as_paid_strategy = models.CharField(max_length=20, default="PAYMENT_FLOW")
    default_transaction_flow_strategy = models.CharField(max_length=20, default="CHARGE")
    warehouses = models.ManyToManyField(
        "embedded.Warehouse", through="embedded.ChannelWarehouse", related_name="channels"
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug
