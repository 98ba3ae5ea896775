"""Opaque cursors: a place in one list, which no other list takes for its own."""

import base64
import binascii
import hashlib
from typing import Final

from catalog.api.errors import BadCursor

_MARK: Final = 8  # characters of the list's digest
_LONGEST: Final = 40


def cursor(of: str, position: int) -> str:
    """Where `position` (a row's number, or hits before the next) stands in the list described by `of`."""
    return base64.urlsafe_b64encode(f"{_mark(of)}{position}".encode()).decode().rstrip("=")


def position(of: str, text: str | None) -> int:
    """The position of a cursor of this list; 0 without one. Raises BadCursor."""
    if text is None:
        return 0
    if len(text) > _LONGEST:
        raise BadCursor
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
    number = plain[_MARK:]
    if plain[:_MARK] != _mark(of) or not number.isdecimal() or len(number) > 15 or cursor(of, int(number)) != text:
        raise BadCursor
    return int(number)


def _mark(of: str) -> str:
    return hashlib.sha256(of.encode()).hexdigest()[:_MARK]
