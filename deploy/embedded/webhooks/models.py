"""Who wants to hear of what, and the outbox of what they are still to be told."""

from django.db import models
from django.utils import timezone


class Webhook(models.Model):
    """An app's address for some events, with the query whose result is sent."""

    app = models.ForeignKey("embedded.App", models.CASCADE, related_name="webhooks")
    name = models.CharField(max_length=255, blank=True)
    identifier = models.CharField(max_length=255, blank=True)
    target_url = models.CharField(max_length=512)
    is_active = models.BooleanField(default=True)
    subscription_query = models.TextField(blank=True)
    events = models.JSONField(default=list)
    custom_headers = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or self.target_url


class Delivery(models.Model):
    """One event for one webhook, written with the change that it tells of. It stays until it was delivered or given up.

    `issuer` is the app that caused it, empty for a visitor or for the server itself.
    `leased_until` keeps a second sender away while one tries; a killed sender's lease runs out and another takes over.
    """

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    issuer = models.ForeignKey("embedded.App", models.SET_NULL, null=True, related_name="+")
    event = models.CharField(max_length=100)
    kind = models.CharField(max_length=50)
    key = models.CharField(max_length=50)
    extra = models.JSONField(default=dict)
    payload = models.JSONField(null=True)
    created = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, default="PENDING")
    response = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["status", "next_attempt"], name="deliveries_due")]

    def __str__(self) -> str:
        return f"{self.event} {self.key} → {self.webhook_id}"
