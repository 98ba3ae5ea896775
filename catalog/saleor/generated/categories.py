from typing import Optional

from .base_model import BaseModel
from .fragments import CategoryFields


class Categories(BaseModel):
    categories: Optional["CategoriesCategories"]


class CategoriesCategories(BaseModel):
    edges: list["CategoriesCategoriesEdges"]


class CategoriesCategoriesEdges(BaseModel):
    node: "CategoriesCategoriesEdgesNode"


CategoriesCategoriesEdgesNode = CategoryFields
Categories.model_rebuild()
CategoriesCategories.model_rebuild()
CategoriesCategoriesEdges.model_rebuild()
