"""Saleor says that somebody else changed or deleted a product: look whether it is still as it was told."""

from collections.abc import Sequence

from catalog.offers.models import Offer
from catalog.products.codes import read_code
from catalog.saleor.webhooks.registry import PRODUCT_EVENTS, Later, register


@register(*PRODUCT_EVENTS)
def products_changed(references: Sequence[str]) -> None:
    """What differs goes to the publisher. Raises Later while another process publishes, and SaleorUnavailable.

    With a product go its variants, and Saleor announces none of them.
    """
    from catalog.combos.mirror import is_packaging  # noqa: PLC0415 - see register
    from catalog.offers.services import refresh_variants  # noqa: PLC0415
    from ocop_sync.publish.drift import look_at  # noqa: PLC0415
    from ocop_sync.publish.services import PublisherBusy  # noqa: PLC0415

    codes = [reference for reference in references if read_code(reference) == reference]
    try:
        missing = look_at(codes).missing
    except PublisherBusy as busy:
        raise Later(str(busy)) from busy
    offers = Offer.objects.filter(product__code__in=missing, is_active=True).select_related("product")
    boxes = [reference for reference in references if is_packaging(reference)]  # product and variant have one name
    refresh_variants([*boxes, *(offer.external_reference for offer in offers)])
