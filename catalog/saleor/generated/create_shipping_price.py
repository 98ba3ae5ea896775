from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ShippingErrorCode


class CreateShippingPrice(BaseModel):
    shipping_price_create: Optional["CreateShippingPriceShippingPriceCreate"] = Field(
        alias="shippingPriceCreate"
    )


class CreateShippingPriceShippingPriceCreate(BaseModel):
    shipping_method: Optional[
        "CreateShippingPriceShippingPriceCreateShippingMethod"
    ] = Field(alias="shippingMethod")
    errors: list["CreateShippingPriceShippingPriceCreateErrors"]


class CreateShippingPriceShippingPriceCreateShippingMethod(BaseModel):
    id: str
    name: str


class CreateShippingPriceShippingPriceCreateErrors(BaseModel):
    field: Optional[str]
    code: ShippingErrorCode
    message: Optional[str]


CreateShippingPrice.model_rebuild()
CreateShippingPriceShippingPriceCreate.model_rebuild()
