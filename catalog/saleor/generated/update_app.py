from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AppErrorCode


class UpdateApp(BaseModel):
    app_update: Optional["UpdateAppAppUpdate"] = Field(alias="appUpdate")


class UpdateAppAppUpdate(BaseModel):
    app: Optional["UpdateAppAppUpdateApp"]
    errors: list["UpdateAppAppUpdateErrors"]


class UpdateAppAppUpdateApp(BaseModel):
    id: str


class UpdateAppAppUpdateErrors(BaseModel):
    field: Optional[str]
    code: AppErrorCode
    message: Optional[str]


UpdateApp.model_rebuild()
UpdateAppAppUpdate.model_rebuild()
