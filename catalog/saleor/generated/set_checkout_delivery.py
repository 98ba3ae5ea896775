from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode
from .fragments import CheckoutFields


class SetCheckoutDelivery(BaseModel):
    checkout_delivery_method_update: Optional[
        "SetCheckoutDeliveryCheckoutDeliveryMethodUpdate"
    ] = Field(alias="checkoutDeliveryMethodUpdate")


class SetCheckoutDeliveryCheckoutDeliveryMethodUpdate(BaseModel):
    checkout: Optional["SetCheckoutDeliveryCheckoutDeliveryMethodUpdateCheckout"]
    errors: list["SetCheckoutDeliveryCheckoutDeliveryMethodUpdateErrors"]


SetCheckoutDeliveryCheckoutDeliveryMethodUpdateCheckout = CheckoutFields


class SetCheckoutDeliveryCheckoutDeliveryMethodUpdateErrors(BaseModel):
    field: Optional[str]
    code: CheckoutErrorCode
    message: Optional[str]


SetCheckoutDelivery.model_rebuild()
SetCheckoutDeliveryCheckoutDeliveryMethodUpdate.model_rebuild()
