"""Words as the index holds them: folded, and with accents, side by side."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from catalog.text import clean, even, words

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: `folded` ("dua"), `accented` with its spelling evened out ("dứa"), `raw` as typed ("Dứa")."""

    folded: str
    accented: str
    raw: str

    @property
    def has_accents(self) -> bool:
        """Were accents (or đ) typed?"""
        return self.folded != self.accented


def tokens(text: str) -> list[Token]:
    """The words of a text in order. What has no Latin letter or digit is no word."""
    return [token for raw in _raw(text) for token in _token(raw)]


def folded(text: str) -> str:
    """A text for a folded field: the same words as `catalog.text.fold` gives, each looked up once."""
    return " ".join(filter(None, map(_folded, _raw(text))))


def accented(text: str) -> str:
    """A text for a field that keeps accents."""
    return " ".join(filter(None, map(_accented, _raw(text))))


def both(text: str) -> tuple[str, str]:
    """A text folded, and with its accents."""
    raw = _raw(text)
    return " ".join(filter(None, map(_folded, raw))), " ".join(filter(None, map(_accented, raw)))


def join(parts: Iterable[Token]) -> str:
    """The folded words joined by spaces."""
    return " ".join(part.folded for part in parts)


def _raw(text: str) -> list[str]:
    text = text if text.isprintable() else " ".join(text.split())  # line breaks alone need no cleaning
    return _WORD.findall(unicodedata.normalize("NFC", text) if text.isprintable() else clean(text))


@lru_cache(maxsize=65_536)
def _folded(raw: str) -> str:
    return " ".join(words(raw))


@lru_cache(maxsize=65_536)
def _accented(raw: str) -> str:
    return " ".join(token.accented for token in _token(raw))


@lru_cache(maxsize=65_536)
def _token(raw: str) -> tuple[Token, ...]:
    parts = words(raw)
    if len(parts) == 1:
        return (Token(parts[0], even(raw), raw),)
    return tuple(Token(part, part, part) for part in parts)
