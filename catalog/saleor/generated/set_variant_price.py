from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode
from .fragments import VariantFields


class SetVariantPrice(BaseModel):
    product_variant_channel_listing_update: Optional[
        "SetVariantPriceProductVariantChannelListingUpdate"
    ] = Field(alias="productVariantChannelListingUpdate")


class SetVariantPriceProductVariantChannelListingUpdate(BaseModel):
    variant: Optional["SetVariantPriceProductVariantChannelListingUpdateVariant"]
    errors: list["SetVariantPriceProductVariantChannelListingUpdateErrors"]


SetVariantPriceProductVariantChannelListingUpdateVariant = VariantFields


class SetVariantPriceProductVariantChannelListingUpdateErrors(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


SetVariantPrice.model_rebuild()
SetVariantPriceProductVariantChannelListingUpdate.model_rebuild()
