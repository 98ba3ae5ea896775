from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class SignIn(BaseModel):
    token_create: Optional["SignInTokenCreate"] = Field(alias="tokenCreate")


class SignInTokenCreate(BaseModel):
    token: Optional[str]
    errors: list["SignInTokenCreateErrors"]


class SignInTokenCreateErrors(BaseModel):
    field: Optional[str]
    code: AccountErrorCode
    message: Optional[str]


SignIn.model_rebuild()
SignInTokenCreate.model_rebuild()
