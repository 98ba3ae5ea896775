from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class EmptyCheckout(BaseModel):
    checkout_lines_delete: Optional["EmptyCheckoutCheckoutLinesDelete"] = Field(
        alias="checkoutLinesDelete"
    )


class EmptyCheckoutCheckoutLinesDelete(BaseModel):
    checkout: Optional["EmptyCheckoutCheckoutLinesDeleteCheckout"]
    errors: list["EmptyCheckoutCheckoutLinesDeleteErrors"]


class EmptyCheckoutCheckoutLinesDeleteCheckout(BaseModel):
    id: str


class EmptyCheckoutCheckoutLinesDeleteErrors(BaseModel):
    field: Optional[str]
    code: CheckoutErrorCode
    message: Optional[str]


EmptyCheckout.model_rebuild()
EmptyCheckoutCheckoutLinesDelete.model_rebuild()
