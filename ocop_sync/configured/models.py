"""When each source of the file is synced next."""

from django.db import models

from catalog.outbox.models import Leased


class SourceSchedule(Leased):
    """A source that the file names, a row each; kept when the file no longer does (`is_configured` false).

    `available_at` is when it is tried next: its next time by `schedule` (a crontab in Asia/Ho_Chi_Minh), sooner after a
    failure. `last_error`: why the last try did not go through, in Vietnamese; `needs_officer`: trying again would not
    help. `kind`, `address` (without secrets) and `schedule` are what the file said last.
    """

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=10)
    address = models.CharField(max_length=300)
    schedule = models.CharField(max_length=200)
    is_configured = models.BooleanField(default=True)
    needs_officer = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
