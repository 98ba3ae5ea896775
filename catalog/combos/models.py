"""Combos, their parts, the box they are packed in, what each producer agreed to, and the log of what was done."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple, TypedDict

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.append_only import AppendOnly
from catalog.combos.pricing import MOST_PERCENT, Discount
from catalog.offers.models import Offer
from catalog.people.models import User
from catalog.producers.models import Producer
from catalog.salepoints.models import SalePoint, Warehouse

PREFIX = "HOP-"


class Boxes(NamedTuple):
    """Empty ones that can still be promised: in the packing store of the point that packs, and on its shelf."""

    store: int
    shelf: int

    @classmethod
    def of(cls, point: int, rows: Iterable[tuple[int, int | None, int | None]]) -> "Boxes":
        """From (boxes, whose packing store, whose shelf) of each warehouse."""
        known = list(rows)
        return cls(
            sum(boxes for boxes, packing, _shelf in known if packing == point),
            sum(boxes for boxes, _packing, shelf in known if shelf == point),
        )


class PartTerms(TypedDict):
    """What a producer agreed to for one offer: see `ComboAgreement.parts`."""

    lowest: int
    keeps_days: int | None


class Packaging(models.Model):
    """A box, basket or bag that a sale point packs gifts in: a variant of its own in Saleor.

    `price` is whole đồng with tax, `weight` grams, `most_pieces` how many pieces it holds.
    """

    code = models.CharField(max_length=7, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True, default="")
    sale_point = models.ForeignKey(SalePoint, on_delete=models.PROTECT, related_name="packagings")
    price = models.PositiveIntegerField()
    weight = models.PositiveIntegerField(default=0)
    most_pieces = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)  # as of an offer; None until Saleor has it

    def __str__(self) -> str:
        return f"{self.name} ({self.external_reference})"

    @property
    def external_reference(self) -> str:
        """Its variant's externalReference in Saleor, and its product's; never one of an offer."""
        return f"{PREFIX}{self.code}"

    @cached_property
    def boxes(self) -> Boxes:
        """Where they lay when this row was read."""
        rows = [(one.available, one.warehouse.packing_point_id, one.warehouse.sale_point_id)
                for one in self.stocks.all()]  # fmt: skip
        return Boxes.of(self.sale_point_id, rows)

    @property
    def told_name(self) -> str:
        """The name in the active language; Vietnamese where there is no other."""
        return self.name_en if get_language() == "en" and self.name_en else self.name


class PackagingStock(models.Model):
    """Boxes that one warehouse can still promise, as Saleor last told.

    Boxes to be collected lie on the sale point's shelf; those to be sent in its packing store, which is in the
    shipping zone as the shelf is not.
    """

    packaging = models.ForeignKey(Packaging, on_delete=models.CASCADE, related_name="stocks", db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField(default=0)  # on hand
    reserved = models.PositiveIntegerField(default=0)  # allocated to open orders

    class Meta:
        constraints = [models.UniqueConstraint(fields=["packaging", "warehouse"], name="packaging_stock_once")]

    def __str__(self) -> str:
        return f"{self.packaging_id}@{self.warehouse_id}: {self.available}"

    @property
    def available(self) -> int:
        """Boxes that can still be sold."""
        return max(0, self.quantity - self.reserved)


class Kind(models.TextChoices):
    """Who says what is in the box. A box of the buyer's own choice and budget is no combo: it has no row here."""

    FIXED = "fixed", _("Combo cố định")
    CHOOSE = "choose", _("Combo tự chọn")


class Occasion(models.TextChoices):
    """What a combo is given for."""

    ANY = "", _("Quà quanh năm")
    TET = "tet", _("Tết Nguyên đán")
    MID_AUTUMN = "trung-thu", _("Tết Trung thu")
    WEDDING = "cuoi-hoi", _("Cưới hỏi")
    CORPORATE = "doanh-nghiep", _("Quà doanh nghiệp")
    FOREIGN_GUESTS = "khach-quoc-te", _("Khách quốc tế")


class Combo(models.Model):
    """A gift of verified products: `percent` off its parts, or its parts together at `fixed_price` (đồng), or neither.

    `terms` grows with every change of what its producers agree to (parts, pieces, discount); an agreement and the
    approval are for one version of the terms. `version` grows with every change: who changes it says which was seen.
    `choose`: pieces that a buyer chooses among the parts. `province_code`: the place whose story it tells, or empty.
    Proposed by `producer`, or by the sale point that packs it where that is None.
    """

    code = models.CharField(max_length=7, unique=True)
    slug = models.SlugField(max_length=120, db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.FIXED)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True, default="")
    story = models.TextField(max_length=4000, blank=True, default="")
    story_en = models.TextField(max_length=4000, blank=True, default="")
    occasion = models.CharField(max_length=20, choices=Occasion.choices, blank=True, default="")
    province_code = models.CharField(max_length=2, blank=True, default="")
    choose = models.PositiveSmallIntegerField(null=True)
    percent = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(MOST_PERCENT)])
    fixed_price = models.PositiveIntegerField(null=True)
    packaging = models.ForeignKey(Packaging, on_delete=models.PROTECT, related_name="combos")
    producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="combos")

    version = models.PositiveIntegerField(default=0)
    terms = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_terms = models.PositiveIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")  # of a refusal or a withdrawal
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="choose", choose__isnull=False, choose__gte=1) | Q(kind="fixed", choose=None),
                name="combo_choose",
            ),
            models.CheckConstraint(condition=Q(percent=0) | Q(fixed_price=None), name="combo_one_discount"),
            models.CheckConstraint(condition=Q(kind="fixed") | Q(fixed_price=None), name="combo_fixed_price"),
        ]
        indexes = [models.Index(fields=["approved_at"], name="combo_on_offer", condition=Q(withdrawn_at=None))]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"

    def get_absolute_url(self) -> str:
        """Its page, in the language of the page that asks."""
        return reverse("combo", args=[self.slug, self.code])

    @cached_property
    def contents(self) -> "list[ComboPart]":
        """Its parts in their order, as when this row was read."""
        return list(self.parts.all())

    @cached_property
    def agreed(self) -> Mapping[int, Mapping[str, PartTerms]]:
        """{producer: {offer reference: its terms}}, of the terms as they are."""
        return {one.producer_id: one.parts for one in self.agreements.all() if one.terms == self.terms}

    @property
    def discount(self) -> Discount:
        """As pricing takes it."""
        return Discount(self.percent, self.fixed_price)

    @property
    def told_title(self) -> str:
        """The title in the active language; Vietnamese where there is no other."""
        return self.title_en if get_language() == "en" and self.title_en else self.title

    @property
    def told_story(self) -> str:
        """As the title."""
        return self.story_en if get_language() == "en" and self.story_en else self.story

    @property
    def is_approved(self) -> bool:
        """An officer approved the terms as they are, and nobody has taken it back."""
        return self.approved_terms == self.terms and self.withdrawn_at is None


class ComboPart(models.Model):
    """Pieces of an offer in a box; in a combo to choose from, the most pieces of it that one box takes.

    `substitute`: the offer that stands in, piece for piece, while this one cannot be had.
    """

    combo = models.ForeignKey(Combo, on_delete=models.CASCADE, related_name="parts", db_index=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="combo_parts")
    quantity = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(20)])
    position = models.PositiveSmallIntegerField()
    substitute = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["combo", "offer"], name="combo_part_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1, quantity__lte=20), name="combo_part_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.combo_id}: {self.quantity} × {self.offer_id}"


class ComboAgreement(models.Model):
    """A producer agrees to one version of a combo's terms.

    `parts`: {offer reference: {"lowest": đồng a piece that it must get, "keeps_days": days that a piece still keeps
    when the producer hands it over, or null}}. A combo whose price would give it less is not sold.
    """

    combo = models.ForeignKey(Combo, on_delete=models.CASCADE, related_name="agreements", db_index=False)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="combo_agreements")
    terms = models.PositiveIntegerField()
    agreed_at = models.DateTimeField(auto_now_add=True)
    agreed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    parts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["combo", "producer", "terms"], name="combo_agreement_once")]

    def __str__(self) -> str:
        return f"{self.combo_id}.{self.terms}: {self.producer_id}"


class Action(models.TextChoices):
    """What was done to a combo."""

    MADE = "made", _("Lập nháp")
    CHANGED = "changed", _("Sửa")
    PROPOSED = "proposed", _("Gửi duyệt")
    AGREED = "agreed", _("Chủ thể đồng ý")
    DECLINED = "declined", _("Chủ thể từ chối")
    APPROVED = "approved", _("Duyệt")
    REFUSED = "refused", _("Không duyệt")
    WITHDRAWN = "withdrawn", _("Rút khỏi kệ")


class ComboEvent(AppendOnly):
    """Who did what and when; only ever added. Two changes of one version cannot both stand."""

    combo = models.ForeignKey(Combo, on_delete=models.PROTECT, related_name="events", db_index=False)
    version = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=10, choices=Action.choices)
    reason = models.CharField(max_length=500, blank=True, default="")
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["combo", "version"], name="combo_event_once")]

    def __str__(self) -> str:
        return f"{self.combo_id}.{self.version}: {self.action}"
