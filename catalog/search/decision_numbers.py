"""Numbers of decisions as one word each: "Quyết định số 123/QĐ-UBND ngày 5/3/2025" → "123qdubnd".

One word, because of three ("123", "qd", "ubnd") the last two stand in every certificate, and the first in addresses.
"""

import re
import unicodedata
from typing import Final

from catalog.text import fold

_REFERENCE: Final = re.compile(
    r"(?:quy[ếe]t\s+[đd][ịi]nh\s+|q[đd]\s+)?(?:s[ốo]\s*:?\s*)?(?<!\w)(\d{1,6})\s?/\s?(q[đd]-?[^\W\d_]{2,}\d*(?:-[^\W\d_]{2,}\d*)*)(?!\w)"
    r"(?:,?\s+ng[àa]y\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4})?",
    re.IGNORECASE,
)


def fused(text: str) -> str:
    """A text whose references to decisions are one word each; everything else stays."""
    if "/" not in text:
        return text
    return _REFERENCE.sub(_word, unicodedata.normalize("NFC", text))


def _word(reference: re.Match[str]) -> str:
    return f" {int(reference[1])}{fold(reference[2]).replace(' ', '')} "
