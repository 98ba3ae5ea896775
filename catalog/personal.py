"""Keeping telephone numbers out of what is stored, whoever typed it."""

import re

_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[\s.\-]?\d){8,10}(?!\d)")


def scrub(text: str) -> str:
    """The text with telephone numbers taken out."""
    return _PHONE.sub("…", text)
