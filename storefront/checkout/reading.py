"""Telephone numbers as people type them."""

import re

_MOBILE = re.compile(r"(?:\+?84|0)([35789]\d{8})")


def read_mobile(text: str) -> str | None:
    """A Vietnamese mobile number as +84 and nine digits, or None: 0912 345 678, +84 912.345.678, 84912345678."""
    match = _MOBILE.fullmatch(re.sub(r"[\s.\-()]", "", text))
    return f"+84{match[1]}" if match else None
