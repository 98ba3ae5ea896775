from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ShippingErrorCode
from .fragments import ShippingZoneFields


class CreateShippingZone(BaseModel):
    shipping_zone_create: Optional["CreateShippingZoneShippingZoneCreate"] = Field(
        alias="shippingZoneCreate"
    )


class CreateShippingZoneShippingZoneCreate(BaseModel):
    shipping_zone: Optional["CreateShippingZoneShippingZoneCreateShippingZone"] = Field(
        alias="shippingZone"
    )
    errors: list["CreateShippingZoneShippingZoneCreateErrors"]


CreateShippingZoneShippingZoneCreateShippingZone = ShippingZoneFields


class CreateShippingZoneShippingZoneCreateErrors(BaseModel):
    field: Optional[str]
    code: ShippingErrorCode
    message: Optional[str]


CreateShippingZone.model_rebuild()
CreateShippingZoneShippingZoneCreate.model_rebuild()
