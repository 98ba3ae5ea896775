"""What officers decided about records, and the evidence that they gave: rows that are only added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.append_only import AppendOnly
from catalog.certificates.models import Source, SourceRecord
from catalog.people.models import User
from catalog.products.models import Product


class Action(models.TextChoices):
    """What an officer did about a record."""

    CORRECTED = "corrected", _("Sửa theo bằng chứng")
    ACCEPTED = "accepted", _("Chấp nhận")
    REJECTED = "rejected", _("Từ chối")
    MERGED = "merged", _("Gộp vào sản phẩm đã có")
    ASKED = "asked", _("Hỏi lại tỉnh")
    WITHDRAWN = "withdrawn", _("Rút lại quyết định")


class Evidence(AppendOnly):
    """A file as it was uploaded, under an unguessable `name` in the private storage; `title` is the officer's own name
    of it, `digest` its SHA-256."""

    name = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=4)  # a key of `evidence.KINDS`
    size = models.PositiveIntegerField()  # bytes
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class Ruling(AppendOnly):
    """One decision about a row of a source. The row is known by its hash (`Judged.hash`): a changed row has none.

    Of the rulings on one row the one with the highest `version` (from 1) is in force, unless it withdraws. Each says
    all that holds from then on: `cells` (a cell's name, see `rulings` → corrected text), `waived` (codes that do not
    hold the record), `product` (what it speaks of). `columns` and `reasons` are the row and its codes as the officer
    saw them, `product_before` what the record spoke of before a merge. `why` is what the province is asked.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="rulings")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="rulings")
    hash = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=10, choices=Action.choices)
    cells = models.JSONField(default=dict)
    waived = models.JSONField(default=list)
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    product_before = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    why = models.CharField(max_length=1000)
    link = models.URLField(max_length=500, blank=True, default="")
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="rulings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["source", "hash", "version"], name="ruling_once")]

    def __str__(self) -> str:
        return f"{self.record_id}.{self.version}: {self.action}"

    @property
    def in_force(self) -> bool:
        """Of the last ruling on a row: does it hold?"""
        return self.action != Action.WITHDRAWN
