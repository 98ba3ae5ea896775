"""The listing's history."""

from django.conf import settings
from django.db import models

from catalog.append_only import AppendOnly
from catalog.products.models import Product


class ListingChange(AppendOnly):
    """What was different about a listing from one moment on.

    `facts`: the listing's public facts from now on, all of them; `changes`: of those that differ, what they were (null
    in a listing's first row) and are, as {"star": [3, 4]}. Days are ISO texts. `source`, `run`, `sheet` and `row` say
    where in the registry's lists the change came from, `by` and `why` who decided it, when it was a person.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    facts = models.JSONField()
    changes = models.JSONField()
    source = models.CharField(max_length=100, blank=True, default="")
    run = models.PositiveBigIntegerField(null=True)
    sheet = models.CharField(max_length=100, blank=True, default="")
    row = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.product_id}: {', '.join(self.changes)}"
