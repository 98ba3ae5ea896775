from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import MetadataErrorCode


class SetMetadata(BaseModel):
    update_metadata: Optional["SetMetadataUpdateMetadata"] = Field(
        alias="updateMetadata"
    )


class SetMetadataUpdateMetadata(BaseModel):
    errors: list["SetMetadataUpdateMetadataErrors"]


class SetMetadataUpdateMetadataErrors(BaseModel):
    field: Optional[str]
    code: MetadataErrorCode
    message: Optional[str]


SetMetadata.model_rebuild()
SetMetadataUpdateMetadata.model_rebuild()
