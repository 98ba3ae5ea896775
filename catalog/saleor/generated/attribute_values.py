from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class AttributeValues(BaseModel):
    attribute: Optional["AttributeValuesAttribute"]


class AttributeValuesAttribute(BaseModel):
    choices: Optional["AttributeValuesAttributeChoices"]


class AttributeValuesAttributeChoices(BaseModel):
    page_info: "AttributeValuesAttributeChoicesPageInfo" = Field(alias="pageInfo")
    edges: list["AttributeValuesAttributeChoicesEdges"]


class AttributeValuesAttributeChoicesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class AttributeValuesAttributeChoicesEdges(BaseModel):
    node: "AttributeValuesAttributeChoicesEdgesNode"


class AttributeValuesAttributeChoicesEdgesNode(BaseModel):
    id: str
    slug: Optional[str]
    name: Optional[str]
    external_reference: Optional[str] = Field(alias="externalReference")


AttributeValues.model_rebuild()
AttributeValuesAttribute.model_rebuild()
AttributeValuesAttributeChoices.model_rebuild()
AttributeValuesAttributeChoicesEdges.model_rebuild()
