from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class AssignAttributes(BaseModel):
    product_attribute_assign: Optional["AssignAttributesProductAttributeAssign"] = (
        Field(alias="productAttributeAssign")
    )


class AssignAttributesProductAttributeAssign(BaseModel):
    product_type: Optional["AssignAttributesProductAttributeAssignProductType"] = Field(
        alias="productType"
    )
    errors: list["AssignAttributesProductAttributeAssignErrors"]


class AssignAttributesProductAttributeAssignProductType(BaseModel):
    id: str


class AssignAttributesProductAttributeAssignErrors(BaseModel):
    field: Optional[str]
    code: ProductErrorCode
    message: Optional[str]


AssignAttributes.model_rebuild()
AssignAttributesProductAttributeAssign.model_rebuild()
