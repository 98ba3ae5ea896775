"""Raw Telex, as a keyboard gives it when no input method is on: "caf phee" is "cà phê", "dduwowngf" is "đường".

Pure; asked only where the words as typed find nothing.
"""

import re
import unicodedata
from typing import Final

from catalog.search.syllables import is_syllable

_TONES: Final = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323", "z": ""}
_LETTERS: Final = (
    ("uow", "ươ"), ("uwow", "ươ"), ("uwo", "ươ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"), ("ow", "ơ"),
    ("uw", "ư"),
)  # fmt: skip
_WORD: Final = re.compile(r"[A-Za-z]{2,12}")
_MAIN_VOWELS: Final = "âêôăơư"  # a tone stands on one of these where there is one; of two ("ươ") on the last
_VOWELS: Final = "aeiouy" + _MAIN_VOWELS


def decoded(text: str) -> str | None:
    """The text with its words read as Telex, or None where no word is. A word that makes no syllable stays."""
    words = re.split(r"([^\W_]+)", text)
    read = [_decoded(word) if _WORD.fullmatch(word) else word for word in words]
    return "".join(read) if read != words else None


def _decoded(word: str) -> str:
    typed = word.lower()
    letters, tone = _without_tone(typed)
    if letters.startswith("dd"):
        letters = "đ" + letters[2:]
    elif letters.startswith("d") and letters.endswith("d") and len(letters) > 2:  # "duongwfd" is typed too
        letters = "đ" + letters[1:-1]
    letters = _marked(letters)
    if not is_syllable(letters) or (not tone and letters == typed):
        return word
    return unicodedata.normalize("NFC", _toned(letters, tone))


def _without_tone(word: str) -> tuple[str, str]:
    """A tone is one letter behind the first vowel: at the end, or before the last consonants or vowels."""
    first = next((at for at, letter in enumerate(word) if letter in _VOWELS), len(word))
    marks = [at for at in range(first + 1, len(word)) if word[at] in _TONES]
    if len(marks) != 1:
        return word, ""
    return word[: marks[0]] + word[marks[0] + 1 :], _TONES[word[marks[0]]]


def _marked(letters: str) -> str:
    for keys, letter in _LETTERS:
        letters = letters.replace(keys, letter)
    if "w" in letters:  # typed last: "truongw", "duocw"; alone: "tw"
        rest = letters.replace("w", "", 1)
        for plain, marked in (("uo", "ươ"), ("a", "ă"), ("o", "ơ"), ("u", "ư")):
            if plain in rest:
                return rest.replace(plain, marked, 1)
    for doubled, marked in (("a", "â"), ("e", "ê"), ("o", "ô")):  # typed last: "canaf", "viene"
        at = letters.find(doubled)
        if 0 <= at < len(letters) - 2 and letters.endswith(doubled) and not set(letters) & set(_MAIN_VOWELS):
            return letters[:at] + marked + letters[at + 1 : -1]
    return letters


def _toned(letters: str, tone: str) -> str:
    """The tone on its vowel: the marked one, else the last before a final consonant, else the first of two."""
    head = 2 if letters.startswith("gi") and len(letters) > 2 and letters[2] in _VOWELS else 0
    head = 2 if letters.startswith("qu") else head
    vowels = [at for at in range(head, len(letters)) if letters[at] in _VOWELS]
    main = [at for at in vowels if letters[at] in _MAIN_VOWELS]
    closed = vowels[-1] < len(letters) - 1
    at = main[-1] if main else vowels[-1] if closed or len(vowels) == 1 else vowels[-2]
    return letters[: at + 1] + tone + letters[at + 1 :]
