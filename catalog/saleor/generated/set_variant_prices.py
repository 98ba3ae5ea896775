from typing import Optional

from .base_model import BaseModel
from .enums import ProductErrorCode


class SetVariantPrices(BaseModel):
    one: Optional["SetVariantPricesOne"]
    two: Optional["SetVariantPricesTwo"] = None
    three: Optional["SetVariantPricesThree"] = None
    four: Optional["SetVariantPricesFour"] = None


class SetVariantPricesOne(BaseModel):
    refusals: list["SetVariantPricesOneRefusals"]


class SetVariantPricesOneRefusals(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


class SetVariantPricesTwo(BaseModel):
    refusals: list["SetVariantPricesTwoRefusals"]


class SetVariantPricesTwoRefusals(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


class SetVariantPricesThree(BaseModel):
    refusals: list["SetVariantPricesThreeRefusals"]


class SetVariantPricesThreeRefusals(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


class SetVariantPricesFour(BaseModel):
    refusals: list["SetVariantPricesFourRefusals"]


class SetVariantPricesFourRefusals(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


SetVariantPrices.model_rebuild()
SetVariantPricesOne.model_rebuild()
SetVariantPricesTwo.model_rebuild()
SetVariantPricesThree.model_rebuild()
SetVariantPricesFour.model_rebuild()
