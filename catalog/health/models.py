"""When something was last seen or done."""

from django.db import models


class Sign(models.Model):
    """A sign of life, a row a name ("saleor", "reconcile-orders"): written over, never kept.

    `since`: when `ok` became what it is; `good_at`: when it was last true; `detail`: plain values, as its writer says.
    """

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    ok = models.BooleanField()
    since = models.DateTimeField()
    good_at = models.DateTimeField(null=True)
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name}: {'ok' if self.ok else 'not ok'}"
