"""A report of a label (or a livestream) that looks false, its photos, and the log of what was done about it."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.append_only import AppendOnly
from catalog.people.models import User
from catalog.products.models import Product


class Kind(models.TextChoices):
    """What is wrong with the label."""

    BORROWED = "borrowed", _("Không có chứng nhận, hoặc mượn sao của nơi khác")
    EXPIRED = "expired", _("Sao đã hết hạn mà vẫn bán")
    HIGHER = "higher", _("Ghi nhiều sao hơn được công nhận")
    OTHER_PRODUCT = "other_product", _("Nhãn của sản phẩm này dán trên sản phẩm khác")
    LIVESTREAM = "livestream", _("Phiên trực tiếp nói sai hoặc bán hàng sai")
    OTHER = "other", _("Trường hợp khác")


class State(models.TextChoices):
    """Where a report stands; `DUPLICATE` follows the report that it repeats."""

    RECEIVED = "received", _("Đã nhận")
    TAKEN = "taken", _("Đang xem xét")
    CONFIRMED = "confirmed", _("Xác nhận có sai phạm")
    NOT_CONFIRMED = "not_confirmed", _("Không xác nhận")
    DUPLICATE = "duplicate", _("Trùng phản ánh khác")


OPEN_STATES = (State.RECEIVED, State.TAKEN)


class Action(models.TextChoices):
    """What happened to a report."""

    RECEIVED = "received", _("Nhận phản ánh")
    TAKEN = "taken", _("Nhận xem xét")
    CONFIRMED = "confirmed", _("Xác nhận")
    NOT_CONFIRMED = "not_confirmed", _("Không xác nhận")
    DUPLICATE = "duplicate", _("Ghi là trùng")
    REOPENED = "reopened", _("Mở lại")


class Done(models.TextChoices):
    """What an officer did about a confirmed report."""

    TOLD_PROVINCE = "told_province", _("Đã báo cơ quan quản lý OCOP của tỉnh")
    ASKED_TAKEDOWN = "asked_takedown", _("Đã yêu cầu nơi bán gỡ hàng")
    SUSPENDED = "suspended", _("Tạm ngừng bán sản phẩm này trên Chợ Sao")


def private_storage() -> Storage:
    """Where photos lie: never below an address of the public's (settings.STORAGES, "private")."""
    return storages["private"]


class Report(models.Model):
    """What somebody saw. `reference` is all that its sender holds; `token` makes a form sent twice one report.

    `code` is what was typed (it may be no code of ours), `place` and `note` are free texts without telephone numbers.
    `version` grows with each event: who decides says which version was seen.
    """

    reference = models.CharField(max_length=12, unique=True)
    token = models.CharField(max_length=22, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    code = models.CharField(max_length=20, blank=True, default="")
    product = models.ForeignKey(Product, null=True, on_delete=models.SET_NULL, related_name="reports")
    livestream = models.ForeignKey("catalog.Livestream", null=True, on_delete=models.PROTECT, related_name="reports")
    province_code = models.CharField(max_length=2, blank=True, default="")
    commune_code = models.CharField(max_length=5, blank=True, default="")
    place = models.CharField(max_length=300, blank=True, default="")
    note = models.CharField(max_length=1000, blank=True, default="")
    state = models.CharField(max_length=16, choices=State.choices, default=State.RECEIVED)
    version = models.PositiveIntegerField(default=0)
    officer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=500, blank=True, default="")  # the sentence that the sender reads
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    photos_deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="report_queue")]

    def __str__(self) -> str:
        return f"{self.pk} ({self.state})"

    @property
    def is_open(self) -> bool:
        """Does it still wait for a decision?"""
        return self.state in OPEN_STATES


class ReportPhoto(models.Model):
    """A photo as we wrote it (JPEG, no metadata), under an unguessable name in the private storage."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="photos")
    name = models.CharField(max_length=120, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.report_id}: {self.name}"


class ReportEvent(AppendOnly):
    """Who did what, when and why; only ever added. Two decisions about one version cannot both stand."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="events")
    version = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    officer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=16, choices=Action.choices)
    reason = models.CharField(max_length=1000, blank=True, default="")
    answer = models.CharField(max_length=500, blank=True, default="")
    done = models.JSONField(default=list)  # of `Done`
    other = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["report", "version"], name="report_event_once")]

    def __str__(self) -> str:
        return f"{self.report_id}.{self.version}: {self.action}"
