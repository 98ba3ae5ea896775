from typing import Optional

from .base_model import BaseModel


class Probe(BaseModel):
    app: Optional["ProbeApp"]


class ProbeApp(BaseModel):
    id: str


Probe.model_rebuild()
