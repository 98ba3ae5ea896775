from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ZoneWarehouses(BaseModel):
    shipping_zone: Optional["ZoneWarehousesShippingZone"] = Field(alias="shippingZone")


class ZoneWarehousesShippingZone(BaseModel):
    warehouses: list["ZoneWarehousesShippingZoneWarehouses"]


class ZoneWarehousesShippingZoneWarehouses(BaseModel):
    external_reference: Optional[str] = Field(alias="externalReference")


ZoneWarehouses.model_rebuild()
ZoneWarehousesShippingZone.model_rebuild()
