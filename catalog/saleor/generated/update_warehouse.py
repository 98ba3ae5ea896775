from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import WarehouseErrorCode
from .fragments import WarehouseFields


class UpdateWarehouse(BaseModel):
    update_warehouse: Optional["UpdateWarehouseUpdateWarehouse"] = Field(
        alias="updateWarehouse"
    )


class UpdateWarehouseUpdateWarehouse(BaseModel):
    warehouse: Optional["UpdateWarehouseUpdateWarehouseWarehouse"]
    errors: list["UpdateWarehouseUpdateWarehouseErrors"]


UpdateWarehouseUpdateWarehouseWarehouse = WarehouseFields


class UpdateWarehouseUpdateWarehouseErrors(BaseModel):
    field: Optional[str]
    code: WarehouseErrorCode
    message: Optional[str]


UpdateWarehouse.model_rebuild()
UpdateWarehouseUpdateWarehouse.model_rebuild()
