"""Work that leaves a transaction: a row written with the change, worked off under a lease, deleted when done."""

from django.db import models


class Leased(models.Model):
    """A row that one worker at a time may work on; a dead worker's lease runs out and another takes over."""

    attempts = models.PositiveIntegerField(default=0)
    available_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    lease_owner = models.CharField(max_length=64, blank=True, default="")
    last_error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        abstract = True


class OutboxRow(Leased):
    """`topic` names the consumer ("index", "publish"), `key` the object (a product's code)."""

    topic = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["topic", "available_at"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.topic}:{self.key}"
