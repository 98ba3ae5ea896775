"""The versions of the synonyms."""

from django.conf import settings
from django.db import models

from catalog.append_only import AppendOnly
from catalog.synonyms.groups import Groups, from_json


class SynonymVersion(AppendOnly):
    """All groups of synonyms from one moment on; the highest `number` (from 1) is in force.

    `kept`: the groups, see `groups.as_json`. `by` is null for the groups that the shop came with. `restored`: the
    number of the version that was put in force again.
    """

    number = models.PositiveIntegerField(unique=True)
    kept = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.CharField(max_length=500)
    restored = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.why}"

    @property
    def groups(self) -> Groups:
        """The groups as values."""
        return from_json(self.kept)
