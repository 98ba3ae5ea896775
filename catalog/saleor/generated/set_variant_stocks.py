from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode
from .fragments import VariantFields


class SetVariantStocks(BaseModel):
    product_variant_stocks_update: Optional[
        "SetVariantStocksProductVariantStocksUpdate"
    ] = Field(alias="productVariantStocksUpdate")


class SetVariantStocksProductVariantStocksUpdate(BaseModel):
    product_variant: Optional[
        "SetVariantStocksProductVariantStocksUpdateProductVariant"
    ] = Field(alias="productVariant")
    errors: list["SetVariantStocksProductVariantStocksUpdateErrors"]


SetVariantStocksProductVariantStocksUpdateProductVariant = VariantFields


class SetVariantStocksProductVariantStocksUpdateErrors(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]
    index: Optional[int]


SetVariantStocks.model_rebuild()
SetVariantStocksProductVariantStocksUpdate.model_rebuild()
