from typing import Optional

from .base_model import BaseModel
from .enums import PermissionEnum


class AppOfToken(BaseModel):
    app: Optional["AppOfTokenApp"]


class AppOfTokenApp(BaseModel):
    id: str
    identifier: Optional[str]
    permissions: Optional[list["AppOfTokenAppPermissions"]]


class AppOfTokenAppPermissions(BaseModel):
    code: PermissionEnum


AppOfToken.model_rebuild()
AppOfTokenApp.model_rebuild()
