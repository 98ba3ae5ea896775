from typing import Optional

from .base_model import BaseModel
from .fragments import WarehouseFields


class Warehouses(BaseModel):
    warehouses: Optional["WarehousesWarehouses"]


class WarehousesWarehouses(BaseModel):
    edges: list["WarehousesWarehousesEdges"]


class WarehousesWarehousesEdges(BaseModel):
    node: "WarehousesWarehousesEdgesNode"


WarehousesWarehousesEdgesNode = WarehouseFields
Warehouses.model_rebuild()
WarehousesWarehouses.model_rebuild()
WarehousesWarehousesEdges.model_rebuild()
