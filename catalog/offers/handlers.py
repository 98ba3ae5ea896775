"""What Saleor's variant events lead to: the variant is asked for anew and mirrored."""

from catalog.offers.services import refresh_variant
from catalog.saleor.models import InboxMessage
from catalog.saleor.webhooks.registry import VARIANT_EVENTS, register


@register(*VARIANT_EVENTS)
def variant_changed(message: InboxMessage) -> None:
    """Mirror the variant as it is now, whatever the event said. Raises SaleorUnavailable, to be tried again."""
    refresh_variant(message.key)
