from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode
from .fragments import ProductFields


class UpdateProduct(BaseModel):
    product_update: Optional["UpdateProductProductUpdate"] = Field(
        alias="productUpdate"
    )


class UpdateProductProductUpdate(BaseModel):
    product: Optional["UpdateProductProductUpdateProduct"]
    errors: list["UpdateProductProductUpdateErrors"]


UpdateProductProductUpdateProduct = ProductFields


class UpdateProductProductUpdateErrors(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


UpdateProduct.model_rebuild()
UpdateProductProductUpdate.model_rebuild()
