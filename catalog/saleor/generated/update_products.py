from typing import Optional

from .base_model import BaseModel
from .enums import ProductErrorCode


class UpdateProducts(BaseModel):
    one: Optional["UpdateProductsOne"]
    two: Optional["UpdateProductsTwo"] = None
    three: Optional["UpdateProductsThree"] = None
    four: Optional["UpdateProductsFour"] = None


class UpdateProductsOne(BaseModel):
    refusals: list["UpdateProductsOneRefusals"]


class UpdateProductsOneRefusals(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


class UpdateProductsTwo(BaseModel):
    refusals: list["UpdateProductsTwoRefusals"]


class UpdateProductsTwoRefusals(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


class UpdateProductsThree(BaseModel):
    refusals: list["UpdateProductsThreeRefusals"]


class UpdateProductsThreeRefusals(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


class UpdateProductsFour(BaseModel):
    refusals: list["UpdateProductsFourRefusals"]


class UpdateProductsFourRefusals(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


UpdateProducts.model_rebuild()
UpdateProductsOne.model_rebuild()
UpdateProductsTwo.model_rebuild()
UpdateProductsThree.model_rebuild()
UpdateProductsFour.model_rebuild()
