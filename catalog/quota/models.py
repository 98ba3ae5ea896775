"""What was counted, by the hour."""

from django.db import models


class Quota(models.Model):
    """What was counted in one hour: of one address for one purpose (as a keyed hash, never itself), of all reports of
    false labels (empty key), or of all requests for reminders ("reminders")."""

    key = models.CharField(max_length=32, blank=True)
    hour = models.PositiveIntegerField()  # whole hours since 1970, UTC
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="quota_hour")]

    def __str__(self) -> str:
        return f"{self.hour}: {self.count}"
