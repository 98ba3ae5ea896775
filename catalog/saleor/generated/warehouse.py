from typing import Optional

from .base_model import BaseModel
from .fragments import WarehouseFields


class Warehouse(BaseModel):
    warehouse: Optional["WarehouseWarehouse"]


WarehouseWarehouse = WarehouseFields
Warehouse.model_rebuild()
