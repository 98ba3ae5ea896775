"""Sums of money as people type them."""

import re
import unicodedata

LEAST, MOST = 50_000, 50_000_000  # đồng
_UNITS = {"": 1, "d": 1, "dong": 1, "vnd": 1, "k": 1000, "nghin": 1000, "ngan": 1000, "tr": 1_000_000,
          "trieu": 1_000_000, "cu": 1_000_000}  # fmt: skip
_SUM = re.compile(r"(\d+(?:[.,]\d+)*)\s*([a-z]*?)\s*(\d*)\s*(?:d|dong|vnd)?")


def read_budget(text: str) -> int | None:
    """Whole đồng of "800k", "800.000 đ", "800 nghìn", "1tr2", "1,2 triệu"; None for what is no sum.

    A bare number below 1,000 is thousands. Not checked against `LEAST` and `MOST`.
    """
    found = _SUM.fullmatch(_plain(text))
    if not found or found[2] not in _UNITS:
        return None
    number, unit, more = found[1], _UNITS[found[2]], found[3]
    whole, dot, rest = number.replace(",", ".").partition(".")
    if unit == 1:
        if more or (dot and not re.fullmatch(r"(\d{3}\.)*\d{3}", rest)):
            return None
        amount = int(whole + rest.replace(".", ""))
        return amount if amount >= 1000 else amount * 1000
    if "." in rest or (rest and more):
        return None
    rest = rest or more  # 1tr2 is 1.2 million
    return int(whole) * unit + (int(rest) * unit // 10 ** len(rest) if rest else 0)


def _plain(text: str) -> str:
    """Lower case, without accents; the đồng sign is one more way to write đ."""
    letters = unicodedata.normalize("NFD", text.lower().replace("₫", "đ").replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()
