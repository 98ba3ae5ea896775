"""What many tables share: metadata, and money columns."""

from django.db import models


class WithMetadata(models.Model):
    """Public and private key-value facts, both maps of text to text."""

    metadata = models.JSONField(default=dict, blank=True)
    private_metadata = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


def money(**options: object) -> models.DecimalField:
    """An amount in units of a currency (đồng, not xu); VND never has decimals."""
    return models.DecimalField(max_digits=20, decimal_places=3, **options)


def reference() -> models.CharField:
    """The id that another system gave: unique where it is set."""
    return models.CharField(max_length=250, unique=True, null=True, blank=True)
