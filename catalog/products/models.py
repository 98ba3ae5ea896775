"""Products: permanent, known by an opaque public code."""

from functools import lru_cache

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language

from catalog.producers.models import Producer


class Restriction(models.TextChoices):
    """Selling policy by kind of goods. `SUSPECT_*`: told by the name alone, restricted until an officer decides."""

    NONE = "", "Không hạn chế"
    ALCOHOL = "alcohol", "Đồ uống có cồn"
    HEALTH = "health", "Sản phẩm sức khỏe"
    LIVE = "live", "Cây, con giống sống"
    SERVICE = "service", "Dịch vụ du lịch"
    SUSPECT_ALCOHOL = "suspect_alcohol", "Nghi là đồ uống có cồn"


ADULT_ONLY = (Restriction.ALCOHOL, Restriction.SUSPECT_ALCOHOL)


@lru_cache(maxsize=8)
def _folder(_language: str | None) -> str:
    """Where products' pages lie in this language; a list asks for two dozen addresses."""
    return reverse("product", args=["a", "0000000"]).removesuffix("a-0000000/")


def page_address(slug: str, code: str) -> str:
    """The permanent address of a product's page, in the active language."""
    return f"{_folder(get_language())}{slug}-{code}/"


class Product(models.Model):
    """A speciality. Its facts change with the registry; its code never does and is never reused.

    `listable_from`, `listable_until` (last valid day, Asia/Ho_Chi_Minh) and `blocked` are the gate's verdict,
    written by `catalog.certificates.services.refresh_gate` alone. `price_from` (đồng) and `in_stock` mirror the offers.
    """

    code = models.CharField(max_length=7, unique=True)
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300)
    slug = models.SlugField(max_length=120, db_index=False)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="products")

    category = models.CharField(max_length=200, blank=True, default="")  # as published
    set_no = models.PositiveSmallIntegerField(null=True)  # 1–26 of Quyết định 26/2026
    branch = models.PositiveSmallIntegerField(null=True)  # 1–6
    restriction = models.CharField(max_length=20, choices=Restriction.choices, blank=True, default="")

    address = models.CharField(max_length=500, blank=True, default="")  # verbatim, as on the certificate
    province_code = models.CharField(max_length=2)
    commune_code = models.CharField(max_length=5, blank=True, default="")
    old_province_code = models.CharField(max_length=2, blank=True, default="")
    region = models.CharField(max_length=40, blank=True, default="")  # slug of a programme region

    current = models.ForeignKey("catalog.Recognition", null=True, on_delete=models.SET_NULL, related_name="+")
    star = models.PositiveSmallIntegerField(null=True)
    listable_from = models.DateField(null=True)
    listable_until = models.DateField(null=True)
    blocked = models.CharField(max_length=24, default="no_recognition", blank=True)
    suspended_reason = models.CharField(max_length=300, blank=True, default="")  # the platform's own suspension

    story = models.TextField(blank=True, default="")
    price_from = models.PositiveIntegerField(null=True)
    in_stock = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name_key", "producer"], name="product_identity")]
        indexes = [models.Index(fields=["blocked", "listable_until"], name="product_gate")]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def get_absolute_url(self) -> str:
        """The permanent address, in the language of the page that asks."""
        return page_address(self.slug, self.code)

    @property
    def adult_only(self) -> bool:
        """Shown only after an 18+ declaration."""
        return self.restriction in ADULT_ONLY
