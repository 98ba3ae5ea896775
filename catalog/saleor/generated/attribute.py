from typing import Optional

from .base_model import BaseModel
from .fragments import AttributeFields


class Attribute(BaseModel):
    attribute: Optional["AttributeAttribute"]


AttributeAttribute = AttributeFields
Attribute.model_rebuild()
