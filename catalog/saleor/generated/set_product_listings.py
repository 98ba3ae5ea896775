from typing import Optional

from .base_model import BaseModel
from .enums import ProductErrorCode


class SetProductListings(BaseModel):
    one: Optional["SetProductListingsOne"]
    two: Optional["SetProductListingsTwo"] = None
    three: Optional["SetProductListingsThree"] = None
    four: Optional["SetProductListingsFour"] = None


class SetProductListingsOne(BaseModel):
    refusals: list["SetProductListingsOneRefusals"]


class SetProductListingsOneRefusals(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


class SetProductListingsTwo(BaseModel):
    refusals: list["SetProductListingsTwoRefusals"]


class SetProductListingsTwoRefusals(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


class SetProductListingsThree(BaseModel):
    refusals: list["SetProductListingsThreeRefusals"]


class SetProductListingsThreeRefusals(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


class SetProductListingsFour(BaseModel):
    refusals: list["SetProductListingsFourRefusals"]


class SetProductListingsFourRefusals(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


SetProductListings.model_rebuild()
SetProductListingsOne.model_rebuild()
SetProductListingsTwo.model_rebuild()
SetProductListingsThree.model_rebuild()
SetProductListingsFour.model_rebuild()
