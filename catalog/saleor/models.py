"""What Saleor told us, until it is worked off."""

from django.db import models

from catalog.outbox.models import Leased


class InboxMessage(Leased):
    """One verified webhook: `event` happened to the object `key`, nothing more; its state is asked of Saleor.

    `event` is the event's GraphQL type (OrderUpdated), `key` an order's id or a variant's externalReference.
    `digest` makes a repeated delivery a no-op. A message that is done stays for a week, to know its repeats.
    """

    digest = models.CharField(max_length=64, unique=True)
    event = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    issued_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["done_at", "available_at"], name="inbox_due")]

    def __str__(self) -> str:
        return f"{self.event} {self.key}"
