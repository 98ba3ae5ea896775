"""The publisher's requests, in the shapes that Saleor works off fastest: plain values in, outcomes out.

Nothing here touches the shop's database, so that threads may call it. Every function may raise SaleorUnavailable,
SaleorFault and PermissionDenied; what Saleor refuses about single products comes back as their outcome.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel

from catalog.saleor.client import Saleor, SaleorFault
from catalog.saleor.errors import Refusal
from catalog.saleor.generated import ProductChannelListingAddInput, ProductChannelListingUpdateInput, ProductInput
from catalog.saleor.generated.fragments import PublishedFields
from catalog.saleor.setup import CHANNEL, channel_id
from ocop_sync.publish.payload import change, creation

CREATE_ROWS = 100  # products a request; more is slower (measured on 3.23)
DOCUMENT = 4  # mutations a document; Saleor takes no more
_NTH = ("one", "two", "three", "four")


class Result(Enum):
    """What became of one product's request."""

    DONE = "done"
    GONE = "gone"  # Saleor has no such product
    TAKEN = "taken"  # its reference or its slug is there already
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one product. `saleor_id` where it was asked for, `why` where it was refused."""

    result: Result
    saleor_id: str = ""
    why: str = ""


DONE = Outcome(Result.DONE)


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
    rows = [(one["external_reference"], change(api, one)) for one in facts]
    count = len(rows)
    rows += [("", ProductInput())] * (DOCUMENT - count)
    numbered: dict[str, Any] = _present(count)
    for n, (reference, told) in enumerate(rows, 1):
        numbered |= {f"reference_{n}": reference, f"input_{n}": told}
    return _outcomes(api.update_products(**numbered), count)


def list_products(api: Saleor, saleor_ids: Sequence[str], *, published: bool) -> list[Outcome]:
    """Put up to four products on the shelf of our channel, or take them off it."""
    listing = ProductChannelListingAddInput(
        channelId=channel_id(api),
        isPublished=published,
        visibleInListings=published,
        isAvailableForPurchase=published,
    )
    count = len(saleor_ids)
    ids = [*saleor_ids, *[saleor_ids[0]] * (DOCUMENT - count)]
    numbered: dict[str, Any] = _present(count) | {f"id_{n}": one for n, one in enumerate(ids, 1)}
    numbered["input"] = ProductChannelListingUpdateInput(updateChannels=[listing])
    return _outcomes(api.set_product_listings(**numbered), count)


def find(api: Saleor, code: str) -> PublishedFields | None:
    """The product with this external reference, as Saleor holds it."""
    return api.published_product(external_reference=code).product


def is_published(product: PublishedFields) -> bool:
    """Is it on the shelf of our channel?"""
    return any(one.is_published for one in product.channel_listings or () if one.channel.slug == CHANNEL)


def _present(count: int) -> dict[str, Any]:
    return {name: n < count for n, name in enumerate(_NTH) if n}


def _outcomes(answer: BaseModel, count: int) -> list[Outcome]:
    return [_of_payload(getattr(answer, name)) for name in _NTH[:count]]


def _of_payload(payload: Any) -> Outcome:
    if payload is None:
        return Outcome(Result.REFUSED, why="Saleor gave no answer for this one")
    return _told(payload.refusals) if payload.refusals else DONE


def _of_row(row: Any) -> Outcome:
    if row.product and not row.errors:
        return Outcome(Result.DONE, saleor_id=row.product.id)
    return _told(row.errors or ())


def _told(errors: Sequence[BaseModel]) -> Outcome:
    refusals = [Refusal.read(error.model_dump(mode="json", by_alias=True)) for error in errors]
    why = "; ".join(f"{one.code} {one.field} {one.message}".strip() for one in refusals)
    codes = {one.code for one in refusals}
    result = Result.GONE if "NOT_FOUND" in codes else Result.TAKEN if "UNIQUE" in codes else Result.REFUSED
    return Outcome(result, why=why)
