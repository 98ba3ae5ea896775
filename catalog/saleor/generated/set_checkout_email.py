from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode
from .fragments import CheckoutFields


class SetCheckoutEmail(BaseModel):
    checkout_email_update: Optional["SetCheckoutEmailCheckoutEmailUpdate"] = Field(
        alias="checkoutEmailUpdate"
    )


class SetCheckoutEmailCheckoutEmailUpdate(BaseModel):
    checkout: Optional["SetCheckoutEmailCheckoutEmailUpdateCheckout"]
    errors: list["SetCheckoutEmailCheckoutEmailUpdateErrors"]


SetCheckoutEmailCheckoutEmailUpdateCheckout = CheckoutFields


class SetCheckoutEmailCheckoutEmailUpdateErrors(BaseModel):
    field: Optional[str]
    code: CheckoutErrorCode
    message: Optional[str]


SetCheckoutEmail.model_rebuild()
SetCheckoutEmailCheckoutEmailUpdate.model_rebuild()
