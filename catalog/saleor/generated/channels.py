from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class Channels(BaseModel):
    channels: Optional[list["ChannelsChannels"]]


class ChannelsChannels(BaseModel):
    slug: str
    has_orders: bool = Field(alias="hasOrders")


Channels.model_rebuild()
