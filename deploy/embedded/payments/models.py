"""Money that an app reported for a checkout or an order."""

import uuid

from django.db import models
from django.utils import timezone

from deploy.embedded.core.models import WithMetadata, money


class TransactionItem(WithMetadata):
    """One payment with what was charged and given back so far."""

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey("embedded.Order", models.CASCADE, null=True, related_name="transactions")
    checkout = models.ForeignKey("embedded.Checkout", models.SET_NULL, null=True, related_name="transactions")
    app = models.ForeignKey("embedded.App", models.SET_NULL, null=True, related_name="+")
    currency = models.CharField(max_length=3)
    name = models.CharField(max_length=512, blank=True)
    message = models.CharField(max_length=512, blank=True)
    psp_reference = models.CharField(max_length=512, blank=True)
    external_url = models.URLField(blank=True)
    available_actions = models.JSONField(default=list)
    charged = money(default=0)
    refunded = money(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    modified_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or str(self.token)


class TransactionEvent(models.Model):
    """One notice about a payment; the same pspReference and type counts once."""

    transaction = models.ForeignKey(TransactionItem, models.CASCADE, related_name="events")
    type = models.CharField(max_length=128)
    amount = money(default=0)
    psp_reference = models.CharField(max_length=512, blank=True)
    message = models.CharField(max_length=512, blank=True)
    external_url = models.URLField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.type} {self.amount}"
