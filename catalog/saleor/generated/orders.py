from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import OrderFields


class Orders(BaseModel):
    orders: Optional["OrdersOrders"]


class OrdersOrders(BaseModel):
    page_info: "OrdersOrdersPageInfo" = Field(alias="pageInfo")
    edges: list["OrdersOrdersEdges"]


class OrdersOrdersPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class OrdersOrdersEdges(BaseModel):
    node: "OrdersOrdersEdgesNode"


OrdersOrdersEdgesNode = OrderFields
Orders.model_rebuild()
OrdersOrders.model_rebuild()
OrdersOrdersEdges.model_rebuild()
