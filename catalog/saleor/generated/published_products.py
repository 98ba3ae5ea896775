from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import PublishedFields


class PublishedProducts(BaseModel):
    products: Optional["PublishedProductsProducts"]


class PublishedProductsProducts(BaseModel):
    page_info: "PublishedProductsProductsPageInfo" = Field(alias="pageInfo")
    edges: list["PublishedProductsProductsEdges"]


class PublishedProductsProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class PublishedProductsProductsEdges(BaseModel):
    node: "PublishedProductsProductsEdgesNode"


PublishedProductsProductsEdgesNode = PublishedFields
PublishedProducts.model_rebuild()
PublishedProductsProducts.model_rebuild()
PublishedProductsProductsEdges.model_rebuild()
