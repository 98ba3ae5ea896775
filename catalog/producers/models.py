"""Producers (chủ thể): permanent, with their names over time."""

from django.db import models


class ProducerKind(models.TextChoices):
    """Legal forms as the registry feed names them (registry feed v1, `producer.type`)."""

    COOPERATIVE = "cooperative", "Hợp tác xã"
    COOPERATIVE_GROUP = "cooperative_group", "Tổ hợp tác"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    FARM = "farm", "Trang trại"
    HOUSEHOLD = "household", "Hộ kinh doanh"
    ASSOCIATION = "association", "Hội, hiệp hội"
    UNKNOWN = "", "Chưa rõ"


class Producer(models.Model):
    """Who holds certificates. Identity: the name's key within its province; a rename adds a `ProducerName`."""

    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300)
    slug = models.SlugField(max_length=120, db_index=False)
    kind = models.CharField(max_length=20, choices=ProducerKind.choices, blank=True, default="")
    province_code = models.CharField(max_length=2)
    commune_code = models.CharField(max_length=5, blank=True, default="")
    address = models.CharField(max_length=500, blank=True, default="")
    story = models.TextField(blank=True, default="")
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name_key", "province_code"], name="producer_identity")]

    def __str__(self) -> str:
        return self.name


class ProducerName(models.Model):
    """A name that a producer bore, from the day the registry first showed it."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="names", db_index=False)
    name = models.CharField(max_length=300)
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["producer", "name"], name="producer_name_once")]

    def __str__(self) -> str:
        return self.name
