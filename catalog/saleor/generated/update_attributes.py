from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AttributeBulkUpdateErrorCode
from .fragments import AttributeFields


class UpdateAttributes(BaseModel):
    attribute_bulk_update: Optional["UpdateAttributesAttributeBulkUpdate"] = Field(
        alias="attributeBulkUpdate"
    )


class UpdateAttributesAttributeBulkUpdate(BaseModel):
    count: int
    results: list["UpdateAttributesAttributeBulkUpdateResults"]
    errors: list["UpdateAttributesAttributeBulkUpdateErrors"]


class UpdateAttributesAttributeBulkUpdateResults(BaseModel):
    attribute: Optional["UpdateAttributesAttributeBulkUpdateResultsAttribute"]
    errors: Optional[list["UpdateAttributesAttributeBulkUpdateResultsErrors"]]


UpdateAttributesAttributeBulkUpdateResultsAttribute = AttributeFields


class UpdateAttributesAttributeBulkUpdateResultsErrors(BaseModel):
    path: Optional[str]
    code: AttributeBulkUpdateErrorCode
    message: Optional[str]


class UpdateAttributesAttributeBulkUpdateErrors(BaseModel):
    path: Optional[str]
    code: AttributeBulkUpdateErrorCode
    message: Optional[str]


UpdateAttributes.model_rebuild()
UpdateAttributesAttributeBulkUpdate.model_rebuild()
UpdateAttributesAttributeBulkUpdateResults.model_rebuild()
