from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ChannelWarehouses(BaseModel):
    channel: Optional["ChannelWarehousesChannel"]


class ChannelWarehousesChannel(BaseModel):
    warehouses: list["ChannelWarehousesChannelWarehouses"]


class ChannelWarehousesChannelWarehouses(BaseModel):
    external_reference: Optional[str] = Field(alias="externalReference")


ChannelWarehouses.model_rebuild()
ChannelWarehousesChannel.model_rebuild()
