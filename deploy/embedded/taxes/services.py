"""Which rate applies."""

from decimal import Decimal

from deploy.embedded.taxes.models import TaxRate


def rate_for(country_code: str) -> Decimal:
    """Percent; zero where the country has no rate. Every channel charges taxes here."""
    found = TaxRate.objects.filter(country_code=country_code).values_list("rate", flat=True).first()
    return found if found is not None else Decimal(0)
