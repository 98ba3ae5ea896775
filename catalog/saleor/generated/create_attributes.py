from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AttributeBulkCreateErrorCode
from .fragments import AttributeFields


class CreateAttributes(BaseModel):
    attribute_bulk_create: Optional["CreateAttributesAttributeBulkCreate"] = Field(
        alias="attributeBulkCreate"
    )


class CreateAttributesAttributeBulkCreate(BaseModel):
    count: int
    results: list["CreateAttributesAttributeBulkCreateResults"]
    errors: list["CreateAttributesAttributeBulkCreateErrors"]


class CreateAttributesAttributeBulkCreateResults(BaseModel):
    attribute: Optional["CreateAttributesAttributeBulkCreateResultsAttribute"]
    errors: Optional[list["CreateAttributesAttributeBulkCreateResultsErrors"]]


CreateAttributesAttributeBulkCreateResultsAttribute = AttributeFields


class CreateAttributesAttributeBulkCreateResultsErrors(BaseModel):
    path: Optional[str]
    code: AttributeBulkCreateErrorCode
    message: Optional[str]


class CreateAttributesAttributeBulkCreateErrors(BaseModel):
    path: Optional[str]
    code: AttributeBulkCreateErrorCode
    message: Optional[str]


CreateAttributes.model_rebuild()
CreateAttributesAttributeBulkCreate.model_rebuild()
CreateAttributesAttributeBulkCreateResults.model_rebuild()
