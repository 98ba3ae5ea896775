"""What Saleor told us, until it is worked off."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from catalog.outbox.models import Leased

WAITING = Q(done_at=None, given_up_at=None)


class Inbox(models.QuerySet["InboxMessage"]):
    """Messages by what became of them."""

    def waiting(self) -> Self:
        """Not worked off yet."""
        return self.filter(WAITING)

    def ended(self) -> Self:
        """Worked off, or given up."""
        return self.exclude(WAITING)

    def begun(self) -> Self:
        """Ended, or in somebody's hands: a change of this moment may be missed."""
        return self.exclude(WAITING, leased_until=None)

    def given_up(self) -> Self:
        """Failed too often: they stay until they are replayed or purged."""
        return self.filter(given_up_at__isnull=False)

    def reopen(self, now: datetime) -> int:
        """Have these messages worked off once more, from the first attempt. Returns how many."""
        return self.update(
            done_at=None, given_up_at=None, attempts=0, available_at=now, leased_until=None, lease_owner=""
        )


class InboxMessage(Leased):
    """One verified webhook: `event` happened to the object `key`, nothing more; its state is asked of Saleor.

    `event` is the event's GraphQL type (OrderUpdated), `key` an order's id, or the externalReference of a product or
    of a variant. `digest` (of the body) makes a repeated delivery one message. A message that is done stays for a
    week, to know its repeats and to be replayed; one that failed too often is given up and stays for three months.
    """

    digest = models.CharField(max_length=64, unique=True)
    event = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    issued_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)
    done_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    objects = Inbox.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["available_at"], condition=WAITING, name="inbox_waiting"),
            models.Index(fields=["key"], condition=WAITING, name="inbox_waiting_for"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.key}"


class Reconciliation(models.Model):
    """`subject` (orders, offers, products …) is known to be in line with Saleor up to `known_until`.

    It is the start of the last comparison that ran to its end; the next one begins there, however long we were away.
    """

    subject = models.CharField(max_length=20, unique=True)
    known_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.subject}: {self.known_until}"
