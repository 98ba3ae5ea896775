from typing import Optional

from .base_model import BaseModel
from .fragments import ChannelFields


class Channel(BaseModel):
    channel: Optional["ChannelChannel"]


ChannelChannel = ChannelFields
Channel.model_rebuild()
