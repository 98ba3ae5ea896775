"""The publisher's requests, in the shapes that Saleor works off fastest: plain values in, outcomes out.

Nothing here touches the shop's database, so that threads may call it. Every function may raise SaleorUnavailable,
SaleorFault and PermissionDenied; what Saleor refuses about single products comes back as their outcome.
"""

from collections.abc import Sequence
from typing import Any

from catalog.saleor.client import Saleor, SaleorFault
from catalog.saleor.generated import ProductChannelListingAddInput, ProductChannelListingUpdateInput
from catalog.saleor.generated.fragments import PublishedFields
from catalog.saleor.setup import CHANNEL, channel_id
from catalog.saleor.several import Outcome, Result, four, outcomes, told
from ocop_sync.publish.payload import change, creation

CREATE_ROWS = 100  # products a request; more is slower (measured on 3.23)


def create(api: Saleor, facts: Sequence[dict[str, Any]]) -> list[Outcome]:
    """Make up to `CREATE_ROWS` products, published at once.

    A row that makes Saleor stumble (it answers with an inner error for the whole request) is found by halving.
    """
    try:
        payload = api.create_products(products=[creation(api, one) for one in facts]).product_bulk_create
    except SaleorFault as fault:
        if len(facts) == 1:
            return [Outcome(Result.REFUSED, why=str(fault))]
        half = len(facts) // 2
        return create(api, facts[:half]) + create(api, facts[half:])
    if payload is None or len(payload.results) != len(facts):
        raise SaleorFault(reason="productBulkCreate answered with other rows than it was sent")
    return [_of_row(row) for row in payload.results]


def update(api: Saleor, facts: Sequence[dict[str, Any]]) -> list[Outcome]:
    """Tell of up to four products anew."""
    rows = [{"reference": one["external_reference"], "input": change(api, one)} for one in facts]
    return outcomes(api.update_products(**four(rows)), len(rows))


def list_products(api: Saleor, saleor_ids: Sequence[str], *, published: bool) -> list[Outcome]:
    """Put up to four products on the shelf of our channel, or take them off it."""
    listing = ProductChannelListingAddInput(
        channelId=channel_id(api),
        isPublished=published,
        visibleInListings=published,
        isAvailableForPurchase=published,
    )
    change_ = ProductChannelListingUpdateInput(updateChannels=[listing])
    answer = api.set_product_listings(input=change_, **four([{"id": one} for one in saleor_ids]))
    return outcomes(answer, len(saleor_ids))


def find(api: Saleor, code: str) -> PublishedFields | None:
    """The product with this external reference, as Saleor holds it; None only from a Saleor that knows our token."""
    found = api.published_product(external_reference=code).product
    if found is None:
        api.recognised()
    return found


def is_published(product: PublishedFields) -> bool:
    """Is it on the shelf of our channel?"""
    return any(one.is_published for one in product.channel_listings or () if one.channel.slug == CHANNEL)


def _of_row(row: Any) -> Outcome:
    if row.product and not row.errors:
        return Outcome(Result.DONE, saleor_id=row.product.id)
    return told(row.errors or ())
