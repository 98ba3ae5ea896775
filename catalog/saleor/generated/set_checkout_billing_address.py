from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AddressTypeEnum, CheckoutErrorCode
from .fragments import CheckoutFields


class SetCheckoutBillingAddress(BaseModel):
    checkout_billing_address_update: Optional[
        "SetCheckoutBillingAddressCheckoutBillingAddressUpdate"
    ] = Field(alias="checkoutBillingAddressUpdate")


class SetCheckoutBillingAddressCheckoutBillingAddressUpdate(BaseModel):
    checkout: Optional["SetCheckoutBillingAddressCheckoutBillingAddressUpdateCheckout"]
    errors: list["SetCheckoutBillingAddressCheckoutBillingAddressUpdateErrors"]


SetCheckoutBillingAddressCheckoutBillingAddressUpdateCheckout = CheckoutFields


class SetCheckoutBillingAddressCheckoutBillingAddressUpdateErrors(BaseModel):
    field: Optional[str]
    code: CheckoutErrorCode
    message: Optional[str]
    address_type: Optional[AddressTypeEnum] = Field(alias="addressType")


SetCheckoutBillingAddress.model_rebuild()
SetCheckoutBillingAddressCheckoutBillingAddressUpdate.model_rebuild()
