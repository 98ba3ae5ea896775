"""Reading a day out of a cell."""

import re
from datetime import date, timedelta

from catalog.text import remembered

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}.*)?$")
_DMY = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})$")
_WORDS = re.compile(r"^(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})$", re.IGNORECASE)
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_EXCEL_EPOCH = date(1899, 12, 30)
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


@remembered(8192)
def read_date(text: str) -> date | None:
    """The day that a text names: ISO, d/m/yyyy, dd-mm-yy, "ngày 5 tháng 8 năm 2026", an Excel serial; else None.

    Day and month are never swapped to make a date work: 30/02/2025 and 05/13/2025 are no days.
    """
    text = " ".join(text.split())
    if match := _SERIAL.match(text):
        day = _EXCEL_EPOCH + timedelta(days=int(match[1]))
        return day if 2015 <= day.year <= 2100 else None
    if match := _ISO.match(text):
        return _date(match[1], match[2], match[3])
    if match := _DMY.match(text) or _WORDS.match(text):
        return _date(match[3] if len(match[3]) == 4 else f"20{match[3]}", match[2], match[1])
    return None


def read_year(text: str) -> int | None:
    """A year 20xx named by a text ("2024", "năm 2023", 2024.0), or None."""
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
