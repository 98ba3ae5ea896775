from typing import Optional

from .base_model import BaseModel


class ProductId(BaseModel):
    product: Optional["ProductIdProduct"]


class ProductIdProduct(BaseModel):
    id: str


ProductId.model_rebuild()
