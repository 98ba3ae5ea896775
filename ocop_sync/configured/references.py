"""Credentials by reference: `env:NAME` or `file:/run/secrets/x`. The file of sources never holds one."""

import os
import re
from pathlib import Path

from ocop_sync.configured.errors import CredentialMissing

LONGEST = 8192  # bytes of a token's file
_ENV = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*")
_FILE = re.compile(r"file:/[^\s\x00]+")


def is_reference(text: str) -> bool:
    """Does it say where a credential is, in place of being one?"""
    return bool(_ENV.fullmatch(text) or _FILE.fullmatch(text))


def resolve(reference: str, source: str) -> str:
    """The credential that a reference leads to; "" for no reference. Raises CredentialMissing."""
    kind, _, place = reference.partition(":")
    if not reference:
        return ""
    value = os.environ.get(place, "") if kind == "env" else _content(Path(place), reference, source)
    if not value.strip():
        raise CredentialMissing(source=source, reference=reference, reason_vi="không có hoặc trống",
                                reason_en="missing or empty")  # fmt: skip
    return value.strip()


def _content(path: Path, reference: str, source: str) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST).decode()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no UTF-8"
        raise CredentialMissing(source=source, reference=reference, reason_vi=reason, reason_en=reason) from error
