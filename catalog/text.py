"""Vietnamese text: one folding for search, places and names.

`fold` throws accents away (what a buyer types on a phone); `name_key` keeps them (dứa, dừa and dưa are
three fruits) and evens out only what is the same word written two ways: hoà/hòa, Mỹ/Mĩ, Qui/Quy.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

_MARKS = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_TONE_ON_LAST = re.compile(rf"(?<!q)([ou])([aey])([{_MARKS}])(?!\w)")
_LONE_Y = re.compile(rf"(?<![\w{_MARKS}])((?:[bcdđghklmnprstvx]+|qu)?)y([{_MARKS}]?)(?!\w)")
_WORD = re.compile(r"[a-z0-9]+")
_SPACE = re.compile(r"\s+")
_KEY_NOISE = re.compile(r"[^\w%+]+")
# What `clean` has to look at: all but printable ASCII, Latin letters and combining marks.
_UNSEEN = re.compile(r"[^\S ]|[^\s\x21-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0300-\u036f\u1e00-\u1eff]")
_LONGEST_REMEMBERED = 200  # characters
P = ParamSpec("P")
Result = TypeVar("Result")


def remembered(most: int) -> Callable[[Callable[Concatenate[str, P], Result]], Callable[Concatenate[str, P], Result]]:
    """Remember about `most` results of a pure function whose first argument is a text, but of short texts only.

    A registry says the same communes, authorities and days over and over; a cell of a megabyte it says once. What a
    function of nothing but a text has told already costs no more than a look into a dictionary.
    """

    def wrap(function: Callable[Concatenate[str, P], Result]) -> Callable[Concatenate[str, P], Result]:
        if len(signature(function).parameters) == 1:
            return cast("Callable[Concatenate[str, P], Result]", _Told(function, most).__getitem__)
        known = cast("Callable[Concatenate[str, P], Result]", lru_cache(maxsize=most)(function))

        @wraps(function)
        def call(text: str, /, *rest: P.args, **more: P.kwargs) -> Result:
            return (known if len(text) <= _LONGEST_REMEMBERED else function)(text, *rest, **more)

        return call

    return wrap


class _Told(dict[str, Any]):
    """What a function said of the texts that it was asked; all is forgotten once there are too many."""

    def __init__(self, function: Callable[..., Any], most: int) -> None:
        self._function, self._most = function, most

    def __missing__(self, text: str) -> Any:
        result = self._function(text)
        if len(text) <= _LONGEST_REMEMBERED:
            if len(self) >= self._most:
                self.clear()
            self[text] = result
        return result


def clean(text: str) -> str:
    """NFC, no control or zero-width characters, runs of white space made one space, ends stripped."""
    text = unicodedata.normalize("NFC", text)
    if _UNSEEN.search(text):
        text = "".join(c if not unicodedata.category(c).startswith("C") else _instead(c) for c in text)
        text = _SPACE.sub(" ", text)
    elif "  " in text:
        text = _SPACE.sub(" ", text)
    return text.strip()


def _instead(control: str) -> str:
    return " " if control in "\t\n\r\v\f" else ""


@remembered(32_768)
def even(text: str) -> str:
    """Lower case with accents; tone placement (hoà → hòa) and a lone final y (mỹ → mĩ, quy → qui) made one."""
    return " ".join(map(_even_syllable, clean(text).lower().split(" ")))


@remembered(32_768)
def _even_syllable(text: str) -> str:
    """Vietnamese has some seven thousand of them, and no rule of spelling looks beyond one."""
    tones = _TONE_ON_LAST.sub(r"\1\3\2", text.translate(_tones()))
    return unicodedata.normalize("NFC", _LONE_Y.sub(r"\1i\2", tones))


@remembered(32_768)
def fold(text: str) -> str:
    """Lower case without accents, words of `[a-z0-9]+` joined by single spaces: "Cà phê Đắk Hà" → "ca phe dak ha"."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word for syllable in even(text).split(" ") for word in _bare_words(syllable)]


@remembered(32_768)
def _bare_words(syllable: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFD", syllable).translate(_bare())))


@remembered(32_768)
def name_key(text: str) -> str:
    """What makes two written names the same name: accents count; case, punctuation and spelling do not."""
    return _KEY_NOISE.sub(" ", even(text)).strip()


def slug_of(name: str) -> str:
    """A name for an address: folded words joined by hyphens, at most 80 characters."""
    return fold(name).replace(" ", "-")[:80].strip("-") or "san-pham"


@lru_cache(maxsize=1)
def _tones() -> dict[int, str]:
    """NFC letters that bear one of the five tone marks → the letter without it and the mark behind."""
    table = {}
    for code in range(0xC0, 0x3000):
        parts = unicodedata.normalize("NFD", chr(code))
        tone = "".join(c for c in parts if c in _MARKS)
        if tone and len(parts) > 1:
            table[code] = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _MARKS)) + tone
    return table


@lru_cache(maxsize=1)
def _bare() -> dict[int, str | None]:
    """đ → d, combining marks → nothing."""
    marks: dict[int, str | None] = {code: None for code in range(0x300, 0x10000) if unicodedata.combining(chr(code))}
    return {**marks, ord("đ"): "d"}
