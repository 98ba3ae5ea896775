from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import PermissionEnum
from .fragments import WebhookFields


class OurApp(BaseModel):
    app: Optional["OurAppApp"]


class OurAppApp(BaseModel):
    id: str
    name: Optional[str]
    is_active: Optional[bool] = Field(alias="isActive")
    permissions: Optional[list["OurAppAppPermissions"]]
    webhooks: Optional[list["OurAppAppWebhooks"]]


class OurAppAppPermissions(BaseModel):
    code: PermissionEnum


OurAppAppWebhooks = WebhookFields
OurApp.model_rebuild()
OurAppApp.model_rebuild()
