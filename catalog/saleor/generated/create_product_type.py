from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode
from .fragments import ProductTypeFields


class CreateProductType(BaseModel):
    product_type_create: Optional["CreateProductTypeProductTypeCreate"] = Field(
        alias="productTypeCreate"
    )


class CreateProductTypeProductTypeCreate(BaseModel):
    product_type: Optional["CreateProductTypeProductTypeCreateProductType"] = Field(
        alias="productType"
    )
    errors: list["CreateProductTypeProductTypeCreateErrors"]


CreateProductTypeProductTypeCreateProductType = ProductTypeFields


class CreateProductTypeProductTypeCreateErrors(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


CreateProductType.model_rebuild()
CreateProductTypeProductTypeCreate.model_rebuild()
