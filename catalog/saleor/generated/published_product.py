from typing import Optional

from .base_model import BaseModel
from .fragments import PublishedFields


class PublishedProduct(BaseModel):
    product: Optional["PublishedProductProduct"]


PublishedProductProduct = PublishedFields
PublishedProduct.model_rebuild()
