"""Warehouses in Saleor: a producer's own store, or the shelf of a sale point."""

from functools import lru_cache

from catalog.saleor.addresses import address
from catalog.saleor.client import Saleor
from catalog.saleor.generated.enums import WarehouseClickAndCollectOptionEnum
from catalog.saleor.generated.fragments import WarehouseFields
from catalog.saleor.generated.input_types import (
    ChannelUpdateInput,
    ShippingZoneUpdateInput,
    WarehouseCreateInput,
    WarehouseUpdateInput,
)
from catalog.saleor.setup.once import unless_taken
from catalog.saleor.setup.selling import channel_id, zone_id

DISABLED, LOCAL = WarehouseClickAndCollectOptionEnum.DISABLED, WarehouseClickAndCollectOptionEnum.LOCAL


def ensure_warehouse(
    api: Saleor,
    *,
    external_reference: str,
    name: str,
    street: str,
    province_code: str,
    commune: str = "",
    phone: str = "",
    collection_point: bool,
) -> str:
    """Make the warehouse or bring it up to date; returns Saleor's id. A repeat changes nothing.

    A collection point hands over what lies on its own shelf and stays out of the shipping zone, or its goods would
    also be sent by parcel; any other warehouse serves parcels only. Both belong to the channel, the zone comes after.
    """
    where = address(name="", company=name, street=street, province_code=province_code, commune=commune, phone=phone)
    known = _find(api, external_reference)
    if known is None:
        facts = WarehouseCreateInput(
            name=name, slug=external_reference.lower(), externalReference=external_reference, address=where
        )
        with unless_taken():
            api.create_warehouse(input=facts)
        known = _find(api, external_reference)
    if known is None:
        raise LookupError(f"the slug of warehouse {external_reference} is taken in Saleor")
    option = LOCAL if collection_point else DISABLED
    now = (known.name, known.click_and_collect_option, known.is_private, known.address.street_address_1)
    if now != (name, option, not collection_point, street):
        change = WarehouseUpdateInput(
            name=name, clickAndCollectOption=option, isPrivate=not collection_point, address=where
        )
        api.update_warehouse(id=known.id, input=change)
    api.update_channel(id=channel_id(api), input=ChannelUpdateInput(addWarehouses=[known.id]))
    apart, within = ([known.id], []) if collection_point else ([], [known.id])
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
