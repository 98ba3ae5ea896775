from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import VariantFields


class Variants(BaseModel):
    product_variants: Optional["VariantsProductVariants"] = Field(
        alias="productVariants"
    )


class VariantsProductVariants(BaseModel):
    page_info: "VariantsProductVariantsPageInfo" = Field(alias="pageInfo")
    edges: list["VariantsProductVariantsEdges"]


class VariantsProductVariantsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class VariantsProductVariantsEdges(BaseModel):
    node: "VariantsProductVariantsEdgesNode"


VariantsProductVariantsEdgesNode = VariantFields
Variants.model_rebuild()
VariantsProductVariants.model_rebuild()
VariantsProductVariantsEdges.model_rebuild()
