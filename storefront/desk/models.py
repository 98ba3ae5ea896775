"""How often a wrong pickup code was tried."""

from django.db import models


class CodeLock(models.Model):
    """Wrong codes for one order ("order:17") or by one member of staff ("staff:3"), and until when none is read."""

    key = models.CharField(max_length=40, unique=True)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.failures}"
