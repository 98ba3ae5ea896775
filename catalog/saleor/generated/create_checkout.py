from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AddressTypeEnum, CheckoutErrorCode
from .fragments import CheckoutFields


class CreateCheckout(BaseModel):
    checkout_create: Optional["CreateCheckoutCheckoutCreate"] = Field(
        alias="checkoutCreate"
    )


class CreateCheckoutCheckoutCreate(BaseModel):
    checkout: Optional["CreateCheckoutCheckoutCreateCheckout"]
    errors: list["CreateCheckoutCheckoutCreateErrors"]


CreateCheckoutCheckoutCreateCheckout = CheckoutFields


class CreateCheckoutCheckoutCreateErrors(BaseModel):
    field: Optional[str]
    code: CheckoutErrorCode
    message: Optional[str]
    variants: Optional[list[str]]
    address_type: Optional[AddressTypeEnum] = Field(alias="addressType")


CreateCheckout.model_rebuild()
CreateCheckoutCheckoutCreate.model_rebuild()
