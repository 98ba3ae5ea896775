from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import VariantFields


class Variant(BaseModel):
    product_variant: Optional["VariantProductVariant"] = Field(alias="productVariant")


VariantProductVariant = VariantFields
Variant.model_rebuild()
