"""Vietnamese text: one folding for search, places and names.

`fold` throws accents away (what a buyer types on a phone); `name_key` keeps them (dứa, dừa and dưa are
three fruits) and evens out only what is the same word written two ways: hoà/hòa, Mỹ/Mĩ, Qui/Quy.
"""

import re
import unicodedata

_MARKS = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_TONE_ON_LAST = re.compile(rf"(?<!q)([ou])([aey])([{_MARKS}])(?!\w)")
_LONE_Y = re.compile(rf"(?<![\w{_MARKS}])((?:[bcdđghklmnprstvx]+|qu)?)y([{_MARKS}]?)(?!\w)")
_WORD = re.compile(r"[a-z0-9]+")
_SPACE = re.compile(r"\s+")
_KEY_NOISE = re.compile(r"[^\w%+]+")


def clean(text: str) -> str:
    """NFC, no control or zero-width characters, runs of white space made one space, ends stripped."""
    text = unicodedata.normalize("NFC", text)
    kept = (c if not unicodedata.category(c).startswith("C") else " " if c in "\t\n\r\v\f" else "" for c in text)
    return _SPACE.sub(" ", "".join(kept)).strip()


def even(text: str) -> str:
    """Lower case with accents; tone placement (hoà → hòa) and a lone final y (mỹ → mĩ, quy → qui) made one."""
    tones = _split_tones(clean(text).lower())
    tones = _TONE_ON_LAST.sub(r"\1\3\2", tones)
    tones = _LONE_Y.sub(r"\1i\2", tones)
    return unicodedata.normalize("NFC", tones)


def fold(text: str) -> str:
    """Lower case without accents, words of `[a-z0-9]+` joined by single spaces: "Cà phê Đắk Hà" → "ca phe dak ha"."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    base = unicodedata.normalize("NFD", even(text)).replace("đ", "d")
    return _WORD.findall("".join(c for c in base if not unicodedata.combining(c)))


def name_key(text: str) -> str:
    """What makes two written names the same name: accents count; case, punctuation and spelling do not."""
    return _KEY_NOISE.sub(" ", even(text)).strip()


def _split_tones(text: str) -> str:
    """NFC letters with the five tone marks (only) split off and put behind their vowel."""
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(c for c in parts if c in _MARKS)
        if not tone:
            out.append(char)
            continue
        out.append(unicodedata.normalize("NFC", "".join(c for c in parts if c not in _MARKS)) + tone)
    return "".join(out)
