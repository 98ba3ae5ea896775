"""Public product codes: seven characters of Crockford's base32, the last one a check digit.

The check digit is a weighted sum over GF(32), so one wrong character and any two swapped neighbours are
always noticed. What people mistype is read kindly: I and L as 1, O as 0, case, spaces and hyphens ignored.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 7
_VALUE = {char: value for value, char in enumerate(ALPHABET)}
_KIND = str.maketrans({"I": "1", "L": "1", "O": "0", " ": None, "-": None})


def _double(value: int) -> int:
    """Multiply by x in GF(32), the field of x^5 + x^2 + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def _check(values: list[int]) -> int:
    total = 0
    for value in values:
        total = _double(total ^ value)
    return total


def new_code() -> str:
    """A fresh random code; uniqueness is the database's to say."""
    drawn = secrets.randbits(5 * (LENGTH - 1))
    values = [drawn >> shift & 31 for shift in range(0, 5 * (LENGTH - 1), 5)]
    return "".join(ALPHABET[v] for v in [*values, _check(values)])


def read_code(text: str) -> str | None:
    """The code that a person meant, or None when it is no code of ours (length, letters or check digit wrong)."""
    code = text.strip().upper().translate(_KIND)
    if len(code) != LENGTH or any(c not in _VALUE for c in code):
        return None
    values = [_VALUE[c] for c in code]
    return code if _check(values[:-1]) == values[-1] else None
