from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode
from .fragments import VariantFields


class UpdateVariant(BaseModel):
    product_variant_update: Optional["UpdateVariantProductVariantUpdate"] = Field(
        alias="productVariantUpdate"
    )


class UpdateVariantProductVariantUpdate(BaseModel):
    product_variant: Optional["UpdateVariantProductVariantUpdateProductVariant"] = (
        Field(alias="productVariant")
    )
    errors: list["UpdateVariantProductVariantUpdateErrors"]


UpdateVariantProductVariantUpdateProductVariant = VariantFields


class UpdateVariantProductVariantUpdateErrors(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


UpdateVariant.model_rebuild()
UpdateVariantProductVariantUpdate.model_rebuild()
