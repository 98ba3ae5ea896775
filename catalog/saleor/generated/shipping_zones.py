from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ShippingZoneFields


class ShippingZones(BaseModel):
    shipping_zones: Optional["ShippingZonesShippingZones"] = Field(
        alias="shippingZones"
    )


class ShippingZonesShippingZones(BaseModel):
    page_info: "ShippingZonesShippingZonesPageInfo" = Field(alias="pageInfo")
    edges: list["ShippingZonesShippingZonesEdges"]


class ShippingZonesShippingZonesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ShippingZonesShippingZonesEdges(BaseModel):
    node: "ShippingZonesShippingZonesEdgesNode"


ShippingZonesShippingZonesEdgesNode = ShippingZoneFields
ShippingZones.model_rebuild()
ShippingZonesShippingZones.model_rebuild()
ShippingZonesShippingZonesEdges.model_rebuild()
