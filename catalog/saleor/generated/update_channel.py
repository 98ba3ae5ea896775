from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ChannelErrorCode
from .fragments import ChannelFields


class UpdateChannel(BaseModel):
    channel_update: Optional["UpdateChannelChannelUpdate"] = Field(
        alias="channelUpdate"
    )


class UpdateChannelChannelUpdate(BaseModel):
    channel: Optional["UpdateChannelChannelUpdateChannel"]
    errors: list["UpdateChannelChannelUpdateErrors"]


UpdateChannelChannelUpdateChannel = ChannelFields


class UpdateChannelChannelUpdateErrors(BaseModel):
    field: Optional[str]
    code: ChannelErrorCode
    message: Optional[str]


UpdateChannel.model_rebuild()
UpdateChannelChannelUpdate.model_rebuild()
