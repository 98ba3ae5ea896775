from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import OrderErrorCode
from .fragments import OrderFields


class FulfillOrder(BaseModel):
    order_fulfill: Optional["FulfillOrderOrderFulfill"] = Field(alias="orderFulfill")


class FulfillOrderOrderFulfill(BaseModel):
    order: Optional["FulfillOrderOrderFulfillOrder"]
    errors: list["FulfillOrderOrderFulfillErrors"]


FulfillOrderOrderFulfillOrder = OrderFields


class FulfillOrderOrderFulfillErrors(BaseModel):
    field: Optional[str]
    code: OrderErrorCode
    message: Optional[str]
    warehouse: Optional[str]
    order_lines: Optional[list[str]] = Field(alias="orderLines")


FulfillOrder.model_rebuild()
FulfillOrderOrderFulfill.model_rebuild()
