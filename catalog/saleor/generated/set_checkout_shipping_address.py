from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AddressTypeEnum, CheckoutErrorCode
from .fragments import CheckoutFields


class SetCheckoutShippingAddress(BaseModel):
    checkout_shipping_address_update: Optional[
        "SetCheckoutShippingAddressCheckoutShippingAddressUpdate"
    ] = Field(alias="checkoutShippingAddressUpdate")


class SetCheckoutShippingAddressCheckoutShippingAddressUpdate(BaseModel):
    checkout: Optional[
        "SetCheckoutShippingAddressCheckoutShippingAddressUpdateCheckout"
    ]
    errors: list["SetCheckoutShippingAddressCheckoutShippingAddressUpdateErrors"]


SetCheckoutShippingAddressCheckoutShippingAddressUpdateCheckout = CheckoutFields


class SetCheckoutShippingAddressCheckoutShippingAddressUpdateErrors(BaseModel):
    field: Optional[str]
    code: CheckoutErrorCode
    message: Optional[str]
    address_type: Optional[AddressTypeEnum] = Field(alias="addressType")


SetCheckoutShippingAddress.model_rebuild()
SetCheckoutShippingAddressCheckoutShippingAddressUpdate.model_rebuild()
