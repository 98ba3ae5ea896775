"""Recognitions (one decision about one product) and the source records that prove them."""

from django.db import models
from django.db.models import Q

from catalog.products.models import Product


class Status(models.TextChoices):
    """The state of a recognition (registry feed v1, `status`)."""

    VALID = "valid", "Còn hiệu lực"
    EXTENDED = "extended", "Được kéo dài (Điều 12.3)"
    SUSPENDED = "suspended", "Tạm đình chỉ"
    REVOKED = "revoked", "Đã thu hồi"


class Tier(models.TextChoices):
    """Evidence tiers, best first."""

    A = "A", "Quyết định đã ký kèm phụ lục"
    B1 = "B1", "Tin hoặc danh sách của cơ quan nhà nước"
    B2 = "B2", "Tin đề xuất, đánh giá"
    C = "C", "Trang của cửa hàng hoặc chủ thể"


class Outcome(models.TextChoices):
    """What becomes of a record read."""

    LISTED = "listed", "Đưa lên kệ"
    LAPSED = "lapsed", "Hết hiệu lực"
    HELD = "held", "Giữ lại"


class Recognition(models.Model):
    """One decision about one product. Identity: authority + number + date + product (which carries its producer).

    `expires_on` is the last valid day as published (may be empty); the gate computes the term.
    Facts are merged from the present source records that prove it: best evidence, worst status, earliest expiry.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="recognitions", db_index=False)
    authority = models.CharField(max_length=200)
    authority_key = models.CharField(max_length=200)
    decision_number = models.CharField(max_length=60)
    decision_key = models.CharField(max_length=60)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    star = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.VALID)
    revoked_on = models.DateField(null=True)
    revocation_ground = models.CharField(max_length=300, blank=True, default="")
    filed_on = models.DateField(null=True)
    evidence = models.CharField(max_length=2, choices=Tier.choices, blank=True, default="")
    proved = models.BooleanField(default=False)  # by at least one present source record
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product", "authority_key", "decision_key", "issued_on"], name="recognition_identity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_number} ({self.issued_on:%d/%m/%Y})"


class Source(models.Model):
    """A registry source by its `--source-name`; what its last snapshot had is compared with the next."""

    name = models.CharField(max_length=100, unique=True)
    is_sample = models.BooleanField(default=False)
    last_as_of = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class SourceRecord(models.Model):
    """One record of a source as last read: its place, hash, tier and allow-listed columns, never personal data.

    `present` is false once the source withdrew it. A present record whose outcome is listed or lapsed proves its
    recognition; a held one proves nothing, unless it `keeps_proof`: its row tells of a star that waits for an officer,
    and until then it proves what it proved before (`star` to `evidence` and `recognition` are of then). `names` is
    equal for records that bear the same names of product and producer. `hint` (a province) and `default_tier` are what
    it was judged by besides its cells, so that it can be judged anew. `held_since`: since when this very row is held;
    null when it is not. `columns` are the row's cells; `read_as` those by which it proves where these are others: as an
    officer corrected them, or as they were before a row that waits.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="records", db_index=False)
    key = models.CharField(max_length=64)  # registry id, or a digest of product and producer keys
    sheet = models.CharField(max_length=100, blank=True, default="")
    row = models.PositiveIntegerField(null=True)
    hash = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    read_as = models.JSONField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reasons = models.JSONField(default=list)
    present = models.BooleanField(default=True)
    product_name = models.CharField(max_length=300, blank=True, default="")
    producer_name = models.CharField(max_length=300, blank=True, default="")
    province_code = models.CharField(max_length=2, blank=True, default="")
    commune_code = models.CharField(max_length=5, blank=True, default="")
    star = models.PositiveSmallIntegerField(null=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    status = models.CharField(max_length=10, choices=Status.choices, blank=True, default="")
    expires_on = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)
    revocation_ground = models.CharField(max_length=300, blank=True, default="")
    evidence = models.CharField(max_length=2, choices=Tier.choices, blank=True, default="")
    product = models.ForeignKey(Product, null=True, on_delete=models.SET_NULL, related_name="source_records")
    recognition = models.ForeignKey(Recognition, null=True, on_delete=models.SET_NULL, related_name="records")
    names = models.CharField(max_length=40, blank=True, default="")
    hint = models.CharField(max_length=40, blank=True, default="")
    default_tier = models.CharField(max_length=2, blank=True, default="")
    keeps_proof = models.BooleanField(default=False)
    held_since = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="source_record_key")]
        indexes = [
            models.Index(fields=["outcome", "present"], name="source_record_outcome"),
            models.Index(fields=["source", "names"], name="source_record_names"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.key}"


PROVING = Q(present=True) & (~Q(outcome=Outcome.HELD) | Q(keeps_proof=True))  # source records that prove a recognition
