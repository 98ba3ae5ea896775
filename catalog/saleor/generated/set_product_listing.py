from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class SetProductListing(BaseModel):
    product_channel_listing_update: Optional[
        "SetProductListingProductChannelListingUpdate"
    ] = Field(alias="productChannelListingUpdate")


class SetProductListingProductChannelListingUpdate(BaseModel):
    product: Optional["SetProductListingProductChannelListingUpdateProduct"]
    errors: list["SetProductListingProductChannelListingUpdateErrors"]


class SetProductListingProductChannelListingUpdateProduct(BaseModel):
    id: str
    channel_listings: Optional[
        list["SetProductListingProductChannelListingUpdateProductChannelListings"]
    ] = Field(alias="channelListings")


class SetProductListingProductChannelListingUpdateProductChannelListings(BaseModel):
    channel: "SetProductListingProductChannelListingUpdateProductChannelListingsChannel"
    is_published: bool = Field(alias="isPublished")
    visible_in_listings: bool = Field(alias="visibleInListings")
    is_available_for_purchase: Optional[bool] = Field(alias="isAvailableForPurchase")


class SetProductListingProductChannelListingUpdateProductChannelListingsChannel(
    BaseModel
):
    slug: str


class SetProductListingProductChannelListingUpdateErrors(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


SetProductListing.model_rebuild()
SetProductListingProductChannelListingUpdate.model_rebuild()
SetProductListingProductChannelListingUpdateProduct.model_rebuild()
SetProductListingProductChannelListingUpdateProductChannelListings.model_rebuild()
