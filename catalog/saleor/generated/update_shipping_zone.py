from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ShippingErrorCode
from .fragments import ShippingZoneFields


class UpdateShippingZone(BaseModel):
    shipping_zone_update: Optional["UpdateShippingZoneShippingZoneUpdate"] = Field(
        alias="shippingZoneUpdate"
    )


class UpdateShippingZoneShippingZoneUpdate(BaseModel):
    shipping_zone: Optional["UpdateShippingZoneShippingZoneUpdateShippingZone"] = Field(
        alias="shippingZone"
    )
    errors: list["UpdateShippingZoneShippingZoneUpdateErrors"]


UpdateShippingZoneShippingZoneUpdateShippingZone = ShippingZoneFields


class UpdateShippingZoneShippingZoneUpdateErrors(BaseModel):
    field: Optional[str]
    code: ShippingErrorCode
    message: Optional[str]


UpdateShippingZone.model_rebuild()
UpdateShippingZoneShippingZoneUpdate.model_rebuild()
