"""Attributes of products and their values."""

from django.db import models

from deploy.embedded.core.models import WithMetadata, reference

CHOICES = ("DROPDOWN", "MULTISELECT", "SWATCH")
"""Input types whose values are shared between products; every other type keeps a value of its own per product."""


class Attribute(WithMetadata):
    """A property that a product type may give to its products."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=250, unique=True, allow_unicode=True)
    type = models.CharField(max_length=50)
    input_type = models.CharField(max_length=50, default="DROPDOWN")
    entity_type = models.CharField(max_length=50, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    value_required = models.BooleanField(default=False)
    is_variant_only = models.BooleanField(default=False)
    visible_in_storefront = models.BooleanField(default=True)
    external_reference = reference()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class AttributeValue(models.Model):
    """One value; `slug` is unique within its attribute."""

    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="values")
    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, allow_unicode=True)
    value = models.CharField(max_length=255, blank=True)
    plain_text = models.TextField(null=True, blank=True)  # noqa: DJ001 - the API tells an unset text from an empty one
    rich_text = models.JSONField(null=True, blank=True)
    boolean = models.BooleanField(null=True, blank=True)
    date_time = models.DateTimeField(null=True, blank=True)
    external_reference = reference()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["attribute", "slug"], name="one_slug_per_attribute")]

    def __str__(self) -> str:
        return self.name
