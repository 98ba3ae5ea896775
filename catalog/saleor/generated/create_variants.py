from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode, ProductVariantBulkErrorCode
from .fragments import VariantFields


class CreateVariants(BaseModel):
    product_variant_bulk_create: Optional["CreateVariantsProductVariantBulkCreate"] = (
        Field(alias="productVariantBulkCreate")
    )


class CreateVariantsProductVariantBulkCreate(BaseModel):
    count: int
    results: list["CreateVariantsProductVariantBulkCreateResults"]
    errors: list["CreateVariantsProductVariantBulkCreateErrors"]


class CreateVariantsProductVariantBulkCreateResults(BaseModel):
    product_variant: Optional[
        "CreateVariantsProductVariantBulkCreateResultsProductVariant"
    ] = Field(alias="productVariant")
    errors: Optional[list["CreateVariantsProductVariantBulkCreateResultsErrors"]]


CreateVariantsProductVariantBulkCreateResultsProductVariant = VariantFields


class CreateVariantsProductVariantBulkCreateResultsErrors(BaseModel):
    path: Optional[str]
    code: ProductVariantBulkErrorCode
    message: Optional[str]


class CreateVariantsProductVariantBulkCreateErrors(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


CreateVariants.model_rebuild()
CreateVariantsProductVariantBulkCreate.model_rebuild()
CreateVariantsProductVariantBulkCreateResults.model_rebuild()
