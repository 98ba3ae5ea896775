"""Refusals in Elasticsearch's form."""

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.status, self.kind, self.reason = status, kind, reason

    def body(self) -> dict[str, Any]:
        """As the server writes it."""
        error = {"type": self.kind, "reason": self.reason}
        return {"error": {"root_cause": [error], **error}, "status": self.status}


def unknown(what: str) -> Refused:
    """Not among what the shop was known to send."""
    return Refused(400, "parsing_exception", f"the stand-in does not know {what}")


def only(told: Mapping[str, Any], allowed: set[str], where: str) -> None:
    """Refuse keys that are not known."""
    if not isinstance(told, Mapping):
        raise unknown(f"{where}: {told!r}")
    if strange := set(told) - allowed:
        raise unknown(f"{sorted(strange)} in {where}")
