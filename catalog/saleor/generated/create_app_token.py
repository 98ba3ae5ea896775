from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AppErrorCode


class CreateAppToken(BaseModel):
    app_token_create: Optional["CreateAppTokenAppTokenCreate"] = Field(
        alias="appTokenCreate"
    )


class CreateAppTokenAppTokenCreate(BaseModel):
    auth_token: Optional[str] = Field(alias="authToken")
    errors: list["CreateAppTokenAppTokenCreateErrors"]


class CreateAppTokenAppTokenCreateErrors(BaseModel):
    field: Optional[str]
    code: AppErrorCode
    message: Optional[str]


CreateAppToken.model_rebuild()
CreateAppTokenAppTokenCreate.model_rebuild()
