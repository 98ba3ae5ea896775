from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AddressTypeEnum, CheckoutErrorCode
from .fragments import OrderFields


class CompleteCheckout(BaseModel):
    checkout_complete: Optional["CompleteCheckoutCheckoutComplete"] = Field(
        alias="checkoutComplete"
    )


class CompleteCheckoutCheckoutComplete(BaseModel):
    order: Optional["CompleteCheckoutCheckoutCompleteOrder"]
    errors: list["CompleteCheckoutCheckoutCompleteErrors"]


CompleteCheckoutCheckoutCompleteOrder = OrderFields


class CompleteCheckoutCheckoutCompleteErrors(BaseModel):
    field: Optional[str]
    code: CheckoutErrorCode
    message: Optional[str]
    lines: Optional[list[str]]
    variants: Optional[list[str]]
    address_type: Optional[AddressTypeEnum] = Field(alias="addressType")


CompleteCheckout.model_rebuild()
CompleteCheckoutCheckoutComplete.model_rebuild()
