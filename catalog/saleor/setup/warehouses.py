"""Warehouses in Saleor: a producer's own store, or the shelf of a sale point."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from catalog.saleor.addresses import address
from catalog.saleor.client import Saleor, SaleorRefused
from catalog.saleor.generated.enums import WarehouseClickAndCollectOptionEnum
from catalog.saleor.generated.fragments import WarehouseFields
from catalog.saleor.generated.input_types import (
    AddressInput,
    ChannelUpdateInput,
    ShippingZoneUpdateInput,
    WarehouseCreateInput,
    WarehouseUpdateInput,
)
from catalog.saleor.setup.changes import Change, differences, require_same
from catalog.saleor.setup.selling import CHANNEL, channel_id, zone_id

DISABLED, LOCAL = WarehouseClickAndCollectOptionEnum.DISABLED, WarehouseClickAndCollectOptionEnum.LOCAL
PAGE = 100


@dataclass(frozen=True, slots=True)
class WarehouseFacts:
    """A warehouse as it shall be, by its externalReference.

    A collection point hands over what lies on its own shelf and stays out of the shipping zone, or its goods would
    also be sent by parcel; any other warehouse serves parcels only. Both belong to the channel.
    """

    external_reference: str
    name: str
    street: str
    province_code: str
    collection_point: bool
    commune: str = ""
    phone: str = ""

    @property
    def slug(self) -> str:
        """Saleor's second name of it, by which many are found at once."""
        return self.external_reference.lower()

    @property
    def address(self) -> AddressInput:
        """As Saleor takes it."""
        return address(
            name="",
            company=self.name,
            street=self.street,
            province_code=self.province_code,
            commune=self.commune,
            phone=self.phone,
        )


def plan_warehouses(api: Saleor, wanted: Sequence[WarehouseFacts]) -> Iterator[Change]:
    """Those that are missing, or not as they shall be. Raises SetupConflict."""
    if not wanted:
        return
    in_channel, in_zone = _members(api)
    for start in range(0, len(wanted), PAGE):
        lot = wanted[start : start + PAGE]
        page = api.warehouses(slugs=[facts.slug for facts in lot]).warehouses
        known = {edge.node.slug: edge.node for edge in page.edges} if page else {}
        for facts in lot:
            what, there = f"warehouse {facts.external_reference}", known.get(facts.slug)
            if there is None:
                yield Change(what, partial(settle_warehouse, api, facts))
                continue
            reference = {"externalReference": facts.external_reference}
            require_same(what, {"externalReference": there.external_reference}, reference)
            wrong = differences(_state(there), _wanted(facts)) + differences(
                {
                    "in the channel": facts.external_reference in in_channel,
                    "sends parcels": there.external_reference in in_zone,
                },
                {"in the channel": True, "sends parcels": not facts.collection_point},
            )
            if wrong:
                yield Change(what, partial(settle_warehouse, api, facts), wrong)


def settle_warehouse(api: Saleor, facts: WarehouseFacts) -> str:
    """Make the warehouse or bring it up to date; returns Saleor's id. A repeat changes nothing.

    Raises SaleorUnavailable, SaleorRefused, and LookupError where its slug is another's.
    """
    known = _find(api, facts.external_reference) or _create(api, facts)
    if differences(_state(known), _wanted(facts)):
        change = WarehouseUpdateInput(
            name=facts.name,
            clickAndCollectOption=LOCAL if facts.collection_point else DISABLED,
            isPrivate=not facts.collection_point,
            address=facts.address,
        )
        api.update_warehouse(id=known.id, input=change)
    api.update_channel(id=channel_id(api), input=ChannelUpdateInput(addWarehouses=[known.id]))  # before the zone
    apart, within = ([known.id], []) if facts.collection_point else ([], [known.id])
    zone = ShippingZoneUpdateInput(removeWarehouses=apart, addWarehouses=within)
    api.update_shipping_zone(id=zone_id(api), input=zone)
    return known.id


@lru_cache(maxsize=20_000)
def warehouse_id(api: Saleor, external_reference: str) -> str:
    """Saleor's id of a warehouse. Raises LookupError where it was never made."""
    known = _find(api, external_reference)
    if known is None:
        raise LookupError(f"Saleor has no warehouse {external_reference}")
    return known.id


def _find(api: Saleor, external_reference: str) -> WarehouseFields | None:
    return api.warehouse(external_reference=external_reference).warehouse


def _create(api: Saleor, facts: WarehouseFacts) -> WarehouseFields:
    try:
        api.create_warehouse(
            input=WarehouseCreateInput(
                name=facts.name, slug=facts.slug, externalReference=facts.external_reference, address=facts.address
            )
        )
    except SaleorRefused as refused:
        if refused.codes != {"UNIQUE"}:  # another has made it just now
            raise
    known = _find(api, facts.external_reference)
    if known is None:
        raise LookupError(f"the slug of warehouse {facts.external_reference} is taken in Saleor")
    return known


def _state(there: WarehouseFields) -> dict[str, object]:
    return {
        "name": there.name,
        "collection": there.click_and_collect_option,
        "private": there.is_private,
        "street": there.address.street_address_1,
        "city": there.address.city.upper(),  # as Saleor keeps it
        "countryArea": there.address.country_area,
    }


def _wanted(facts: WarehouseFacts) -> dict[str, object]:
    where = facts.address
    return {
        "name": facts.name,
        "collection": LOCAL if facts.collection_point else DISABLED,
        "private": not facts.collection_point,
        "street": where.street_address_1,
        "city": (where.city or "").upper(),
        "countryArea": where.country_area,
    }


def _members(api: Saleor) -> tuple[set[str], set[str]]:
    """References of the warehouses in our channel, and in our zone; both empty before the set-up."""
    channel = api.channel_warehouses(slug=CHANNEL).channel
    in_channel = {one.external_reference or "" for one in channel.warehouses} if channel else set()
    try:
        zone = api.zone_warehouses(id=zone_id(api)).shipping_zone
    except LookupError:
        return in_channel, set()
    return in_channel, {one.external_reference or "" for one in zone.warehouses} if zone else set()
