"""Models of the sync; each lives with its noun."""

from ocop_sync.publish.models import Publication
from ocop_sync.runs.models import Run, StagedRecord

__all__ = ["Publication", "Run", "StagedRecord"]
