"""Models of the sync; each lives with its noun."""

from ocop_sync.configured.models import SourceSchedule
from ocop_sync.held.models import Evidence, Ruling
from ocop_sync.publish.models import Publication
from ocop_sync.runs.models import Release, Run, StagedRecord

__all__ = ["Evidence", "Publication", "Release", "Ruling", "Run", "SourceSchedule", "StagedRecord"]
