"""Flat tax rates by country. Prices are entered and shown with tax."""

from django.db import models

from deploy.embedded.core.models import WithMetadata


class TaxConfiguration(WithMetadata):
    """How one channel taxes."""

    channel = models.OneToOneField("embedded.Channel", models.CASCADE, related_name="tax_configuration")
    charge_taxes = models.BooleanField(default=True)
    tax_calculation_strategy = models.CharField(max_length=20, default="FLAT_RATES")
    display_gross_prices = models.BooleanField(default=True)
    prices_entered_with_tax = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"taxes of {self.channel_id}"


class TaxRate(models.Model):
    """A country's rate for goods of no tax class, in percent."""

    country_code = models.CharField(max_length=2, unique=True)
    rate = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["country_code"]

    def __str__(self) -> str:
        return f"{self.country_code}: {self.rate}%"
