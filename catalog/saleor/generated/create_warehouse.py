from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import WarehouseErrorCode
from .fragments import WarehouseFields


class CreateWarehouse(BaseModel):
    create_warehouse: Optional["CreateWarehouseCreateWarehouse"] = Field(
        alias="createWarehouse"
    )


class CreateWarehouseCreateWarehouse(BaseModel):
    warehouse: Optional["CreateWarehouseCreateWarehouseWarehouse"]
    errors: list["CreateWarehouseCreateWarehouseErrors"]


CreateWarehouseCreateWarehouseWarehouse = WarehouseFields


class CreateWarehouseCreateWarehouseErrors(BaseModel):
    field: Optional[str]
    code: WarehouseErrorCode
    message: Optional[str]


CreateWarehouse.model_rebuild()
CreateWarehouseCreateWarehouse.model_rebuild()
