from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AppErrorCode


class CreateApp(BaseModel):
    app_create: Optional["CreateAppAppCreate"] = Field(alias="appCreate")


class CreateAppAppCreate(BaseModel):
    auth_token: Optional[str] = Field(alias="authToken")
    app: Optional["CreateAppAppCreateApp"]
    errors: list["CreateAppAppCreateErrors"]


class CreateAppAppCreateApp(BaseModel):
    id: str


class CreateAppAppCreateErrors(BaseModel):
    field: Optional[str]
    code: AppErrorCode
    message: Optional[str]


CreateApp.model_rebuild()
CreateAppAppCreate.model_rebuild()
