"""Who shows what when, what is pinned to it, and the log of what was done."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.append_only import AppendOnly
from catalog.combos.models import Combo
from catalog.livestreams.platforms import Platform
from catalog.people.models import User
from catalog.producers.models import Producer
from catalog.products.models import Product
from catalog.salepoints.models import SalePoint


class LiveHost(models.Model):
    """A producer or a sale point that shows livestreams; exactly one of the two is set.

    An officer checks its identity once (Luật 122/2025/QH15); `approved_on` says by which papers. An approval that was
    withdrawn leaves `withdrawn_at` and why, which the host reads, until it is approved again. `version` grows with
    each of the two.
    """

    producer = models.OneToOneField(Producer, null=True, on_delete=models.PROTECT, related_name="live_host")
    sale_point = models.OneToOneField(SalePoint, null=True, on_delete=models.PROTECT, related_name="live_host")
    asked_at = models.DateTimeField(auto_now_add=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_on = models.CharField(max_length=500, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(producer__isnull=True) ^ Q(sale_point__isnull=True), name="live_host_has_one_owner"
            )
        ]

    def __str__(self) -> str:
        return self.owner.name

    @property
    def owner(self) -> Producer | SalePoint:
        """Whose it is."""
        found = self.producer or self.sale_point
        assert found is not None  # noqa: S101 - the constraint
        return found


class HostAction(models.TextChoices):
    """What an officer did about a host."""

    APPROVED = "approved", _("Đối chiếu danh tính")
    WITHDRAWN = "withdrawn", _("Rút đối chiếu")


class LiveHostEvent(AppendOnly):
    """Who approved a host or withdrew it, when and why; only ever added. Of one version one stands.

    `reason`: the papers, or why it was withdrawn. `stopped`: the codes of the sessions that this stopped.
    """

    host = models.ForeignKey(LiveHost, on_delete=models.PROTECT, related_name="events", db_index=False)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=10, choices=HostAction.choices)
    reason = models.CharField(max_length=500)
    stopped = models.JSONField(default=list)

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["host", "version"], name="live_host_event_once")]

    def __str__(self) -> str:
        return f"{self.host_id}.{self.version}: {self.action}"


class Livestream(models.Model):
    """A session. What state it is in follows from the clock and these moments: `catalog.livestreams.states`.

    `over_at`: when it ends if its host says nothing more. `confirmed_*`: the host's content confirmation; without it
    the session is a draft that nobody else sees. `version` grows with each change: who changes it says which version
    was seen; calendars get it as their SEQUENCE. `replay_url` may be the link itself, kept.
    """

    code = models.CharField(max_length=7, unique=True)
    slug = models.SlugField(max_length=120, db_index=False)
    host = models.ForeignKey(LiveHost, on_delete=models.PROTECT, related_name="livestreams")
    title = models.CharField(max_length=120)
    note = models.CharField(max_length=1000, blank=True, default="")
    platform = models.CharField(max_length=10, choices=Platform.choices)
    url = models.CharField(max_length=300)
    replay_url = models.CharField(max_length=300, blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()  # as expected
    started_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_version = models.CharField(max_length=10, blank=True, default="")
    cancelled_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")  # of a cancellation or a stop; viewers read it
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["over_at"], name="livestream_over"),
                   models.Index(fields=["starts_at"], name="livestream_start")]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"

    def get_absolute_url(self) -> str:
        """Its page, in the language of the page that asks."""
        return reverse("livestream", args=[self.slug, self.code])


COMBO = "combo-"  # before a combo's code, where pins are named: products' codes are of the same form


class LivestreamPin(models.Model):
    """A product or a combo (exactly one is set) of a session, in its order.

    `offset`: seconds from the start at which the replay speaks of it.
    """

    livestream = models.ForeignKey(Livestream, on_delete=models.CASCADE, related_name="pins", db_index=False)
    product = models.ForeignKey(Product, null=True, on_delete=models.CASCADE, related_name="pins")
    combo = models.ForeignKey(Combo, null=True, on_delete=models.CASCADE, related_name="pins")
    position = models.PositiveSmallIntegerField()
    offset = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["livestream", "product"], name="livestream_pin_once"),
            models.UniqueConstraint(fields=["livestream", "combo"], name="livestream_combo_pin_once"),
            models.CheckConstraint(
                condition=Q(product__isnull=True) ^ Q(combo__isnull=True), name="livestream_pin_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.livestream_id}: {self.key}"

    @property
    def key(self) -> str:
        """How forms, events and the log name it: the product's code, or the combo's after `COMBO`."""
        return self.product.code if self.product else f"{COMBO}{self.combo.code if self.combo else ''}"

    @property
    def name(self) -> str:
        """The product's name, or the combo's title in the active language."""
        return self.product.name if self.product else self.combo.told_title if self.combo else ""


class Action(models.TextChoices):
    """What was done to a session."""

    MADE = "made", _("Lập nháp")
    CHANGED = "changed", _("Sửa")
    CONFIRMED = "confirmed", _("Xác nhận nội dung và công bố")
    STARTED = "started", _("Bắt đầu phát")
    STILL_ON = "still_on", _("Kéo dài")
    ENDED = "ended", _("Kết thúc")
    REPLAY = "replay", _("Đặt bản xem lại")
    CANCELLED = "cancelled", _("Hủy")
    STOPPED = "stopped", _("Cán bộ dừng phiên")
    PINNED = "pinned", _("Ghim sản phẩm, combo")
    ARRANGED = "arranged", _("Xếp lại hoặc bỏ ghim")
    VOUCHER = "voucher", _("Đặt mã giảm giá")


class LivestreamEvent(AppendOnly):
    """Who did what and when; only ever added. Two changes of one version cannot both stand.

    `facts`: what was different, as JSON values by name; of a confirmation the version of its text.
    """

    livestream = models.ForeignKey(Livestream, on_delete=models.PROTECT, related_name="events", db_index=False)
    version = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=10, choices=Action.choices)
    reason = models.CharField(max_length=500, blank=True, default="")
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["livestream", "version"], name="livestream_event_once")]

    def __str__(self) -> str:
        return f"{self.livestream_id}.{self.version}: {self.action}"
