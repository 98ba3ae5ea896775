from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import WebhookErrorCode
from .fragments import WebhookFields


class UpdateWebhook(BaseModel):
    webhook_update: Optional["UpdateWebhookWebhookUpdate"] = Field(
        alias="webhookUpdate"
    )


class UpdateWebhookWebhookUpdate(BaseModel):
    webhook: Optional["UpdateWebhookWebhookUpdateWebhook"]
    errors: list["UpdateWebhookWebhookUpdateErrors"]


UpdateWebhookWebhookUpdateWebhook = WebhookFields


class UpdateWebhookWebhookUpdateErrors(BaseModel):
    field: Optional[str]
    code: WebhookErrorCode
    message: Optional[str]


UpdateWebhook.model_rebuild()
UpdateWebhookWebhookUpdate.model_rebuild()
