from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import PermissionEnum


class Apps(BaseModel):
    apps: Optional["AppsApps"]


class AppsApps(BaseModel):
    page_info: "AppsAppsPageInfo" = Field(alias="pageInfo")
    edges: list["AppsAppsEdges"]


class AppsAppsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class AppsAppsEdges(BaseModel):
    node: "AppsAppsEdgesNode"


class AppsAppsEdgesNode(BaseModel):
    id: str
    identifier: Optional[str]
    is_active: Optional[bool] = Field(alias="isActive")
    permissions: Optional[list["AppsAppsEdgesNodePermissions"]]


class AppsAppsEdgesNodePermissions(BaseModel):
    code: PermissionEnum


Apps.model_rebuild()
AppsApps.model_rebuild()
AppsAppsEdges.model_rebuild()
AppsAppsEdgesNode.model_rebuild()
