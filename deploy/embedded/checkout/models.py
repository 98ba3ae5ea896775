"""A buyer's open checkout."""

import uuid

from django.db import models
from django.utils import timezone

from deploy.embedded.core.models import WithMetadata, money


class Checkout(WithMetadata):
    """Lines, addresses and a way of delivery; it disappears when its order is made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.ForeignKey("embedded.Channel", models.CASCADE, related_name="checkouts")
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001 - the API tells an unset address from an empty one
    language_code = models.CharField(max_length=35, default="EN")
    shipping_address = models.ForeignKey("embedded.Address", models.SET_NULL, null=True, related_name="+")
    billing_address = models.ForeignKey("embedded.Address", models.SET_NULL, null=True, related_name="+")
    shipping_method = models.ForeignKey("embedded.ShippingMethodType", models.SET_NULL, null=True, related_name="+")
    collection_point = models.ForeignKey("embedded.Warehouse", models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def country(self) -> str:
        """The country that stock and tax are reckoned for."""
        address = self.shipping_address or self.billing_address
        return address.country_code if address else self.channel.default_country


class CheckoutLine(WithMetadata):
    """Pieces of one variant, at the channel's price or at one that an app set.

    `held_price`: the channel's price when the checkout was last changed; it holds for an hour.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    checkout = models.ForeignKey(Checkout, models.CASCADE, related_name="lines")
    variant = models.ForeignKey("embedded.ProductVariant", models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    price_override = money(null=True)
    held_price = money(null=True)
    price_override_reason = models.TextField(null=True, blank=True)  # noqa: DJ001 - the API answers null for none
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created", "pk"]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"
