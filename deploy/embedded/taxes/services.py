"""Which rate applies."""

from decimal import Decimal

from deploy.embedded.channels.models import Channel
from deploy.embedded.taxes.models import TaxRate


def rate_for(channel: Channel, country_code: str) -> Decimal:
    """Percent; zero when the channel charges none or the country has no rate."""
    configuration = getattr(channel, "tax_configuration", None)
    if configuration is not None and not configuration.charge_taxes:
        return Decimal(0)
    found = TaxRate.objects.filter(country_code=country_code).values_list("rate", flat=True).first()
    return found if found is not None else Decimal(0)
