"""What Saleor's variant events lead to: the variants are asked for anew and mirrored."""

from collections.abc import Sequence

from catalog.saleor.webhooks.registry import VARIANT_EVENTS, register


@register(*VARIANT_EVENTS)
def variants_changed(references: Sequence[str]) -> None:
    """Mirror the variants as they are now, whatever the events said. Raises SaleorUnavailable, to be tried again."""
    from catalog.offers.services import refresh_variants  # noqa: PLC0415 - see register

    refresh_variants(references)
