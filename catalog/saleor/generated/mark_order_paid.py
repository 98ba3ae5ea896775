from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import OrderErrorCode
from .fragments import OrderFields


class MarkOrderPaid(BaseModel):
    order_mark_as_paid: Optional["MarkOrderPaidOrderMarkAsPaid"] = Field(
        alias="orderMarkAsPaid"
    )


class MarkOrderPaidOrderMarkAsPaid(BaseModel):
    order: Optional["MarkOrderPaidOrderMarkAsPaidOrder"]
    errors: list["MarkOrderPaidOrderMarkAsPaidErrors"]


MarkOrderPaidOrderMarkAsPaidOrder = OrderFields


class MarkOrderPaidOrderMarkAsPaidErrors(BaseModel):
    field: Optional[str]
    code: OrderErrorCode
    message: Optional[str]


MarkOrderPaid.model_rebuild()
MarkOrderPaidOrderMarkAsPaid.model_rebuild()
