"""Models of the sync; each lives with its noun."""

from ocop_sync.publish.models import Publication

__all__ = ["Publication"]
