"""Models of the sync; each lives with its noun."""

from ocop_sync.configured.models import SourceSchedule
from ocop_sync.publish.models import Publication
from ocop_sync.runs.models import Release, Run, StagedRecord

__all__ = ["Publication", "Release", "Run", "SourceSchedule", "StagedRecord"]
