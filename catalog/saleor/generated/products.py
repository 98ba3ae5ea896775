from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ProductFields


class Products(BaseModel):
    products: Optional["ProductsProducts"]


class ProductsProducts(BaseModel):
    page_info: "ProductsProductsPageInfo" = Field(alias="pageInfo")
    edges: list["ProductsProductsEdges"]


class ProductsProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductsProductsEdges(BaseModel):
    node: "ProductsProductsEdgesNode"


ProductsProductsEdgesNode = ProductFields
Products.model_rebuild()
ProductsProducts.model_rebuild()
ProductsProductsEdges.model_rebuild()
