"""Postal addresses."""

from django.db import models

from deploy.embedded.core.models import WithMetadata


class Address(WithMetadata):
    """One address of one warehouse, checkout or order; never shared between them."""

    first_name = models.CharField(max_length=256, blank=True)
    last_name = models.CharField(max_length=256, blank=True)
    company_name = models.CharField(max_length=256, blank=True)
    street_address_1 = models.CharField(max_length=256, blank=True)
    street_address_2 = models.CharField(max_length=256, blank=True)
    city = models.CharField(max_length=256, blank=True)
    city_area = models.CharField(max_length=128, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country_code = models.CharField(max_length=2)
    country_area = models.CharField(max_length=128, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    validation_skipped = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.street_address_1}, {self.city}"

    def copy(self) -> "Address":
        """A saved copy, so that an order keeps its own."""
        fields = {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields if not f.primary_key}
        return Address.objects.create(**fields)
