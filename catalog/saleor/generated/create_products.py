from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductBulkCreateErrorCode


class CreateProducts(BaseModel):
    product_bulk_create: Optional["CreateProductsProductBulkCreate"] = Field(
        alias="productBulkCreate"
    )


class CreateProductsProductBulkCreate(BaseModel):
    count: int
    results: list["CreateProductsProductBulkCreateResults"]
    errors: list["CreateProductsProductBulkCreateErrors"]


class CreateProductsProductBulkCreateResults(BaseModel):
    product: Optional["CreateProductsProductBulkCreateResultsProduct"]
    errors: Optional[list["CreateProductsProductBulkCreateResultsErrors"]]


class CreateProductsProductBulkCreateResultsProduct(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")


class CreateProductsProductBulkCreateResultsErrors(BaseModel):
    path: Optional[str]
    code: ProductBulkCreateErrorCode
    message: Optional[str]


class CreateProductsProductBulkCreateErrors(BaseModel):
    path: Optional[str]
    code: ProductBulkCreateErrorCode
    message: Optional[str]


CreateProducts.model_rebuild()
CreateProductsProductBulkCreate.model_rebuild()
CreateProductsProductBulkCreateResults.model_rebuild()
