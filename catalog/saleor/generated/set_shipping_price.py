from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ShippingErrorCode


class SetShippingPrice(BaseModel):
    shipping_method_channel_listing_update: Optional[
        "SetShippingPriceShippingMethodChannelListingUpdate"
    ] = Field(alias="shippingMethodChannelListingUpdate")


class SetShippingPriceShippingMethodChannelListingUpdate(BaseModel):
    shipping_method: Optional[
        "SetShippingPriceShippingMethodChannelListingUpdateShippingMethod"
    ] = Field(alias="shippingMethod")
    errors: list["SetShippingPriceShippingMethodChannelListingUpdateErrors"]


class SetShippingPriceShippingMethodChannelListingUpdateShippingMethod(BaseModel):
    id: str
    channel_listings: Optional[
        list[
            "SetShippingPriceShippingMethodChannelListingUpdateShippingMethodChannelListings"
        ]
    ] = Field(alias="channelListings")


class SetShippingPriceShippingMethodChannelListingUpdateShippingMethodChannelListings(
    BaseModel
):
    channel: "SetShippingPriceShippingMethodChannelListingUpdateShippingMethodChannelListingsChannel"
    price: Optional[
        "SetShippingPriceShippingMethodChannelListingUpdateShippingMethodChannelListingsPrice"
    ]


class SetShippingPriceShippingMethodChannelListingUpdateShippingMethodChannelListingsChannel(
    BaseModel
):
    slug: str


class SetShippingPriceShippingMethodChannelListingUpdateShippingMethodChannelListingsPrice(
    BaseModel
):
    amount: float
    currency: str


class SetShippingPriceShippingMethodChannelListingUpdateErrors(BaseModel):
    field: Optional[str]
    code: ShippingErrorCode
    message: Optional[str]


SetShippingPrice.model_rebuild()
SetShippingPriceShippingMethodChannelListingUpdate.model_rebuild()
SetShippingPriceShippingMethodChannelListingUpdateShippingMethod.model_rebuild()
SetShippingPriceShippingMethodChannelListingUpdateShippingMethodChannelListings.model_rebuild()
