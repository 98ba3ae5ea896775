"""Folding and keys of Vietnamese text."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.text import clean, even, fold, name_key, remembered, words

TONES = "\u0300\u0301\u0303\u0309\u0323"
LETTERS = "aàảãáạăằâấeéêếiíìoóòỏõọôốơớuúùủũụưứyýỳỷỹỵđĐqQhkKmM. -\t\n\u200b\u00a0\u00ad"


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("Thuỷ", "Thủy"), ("Mỹ", "Mĩ"), ("Tân Qui", "Tân Quy"), ("khoẻ", "khỏe"), ("Lý", "Lí")],
)
def test_one_word_written_two_ways_is_one(one: str, other: str) -> None:
    assert even(one) == even(other)


@pytest.mark.parametrize(
    ("one", "other"), [("dứa", "dừa"), ("dừa", "dưa"), ("Sơn Hà", "Sơn Hạ"), ("Thúy", "Thúi"), ("cá", "cà")]
)
def test_words_that_differ_by_accents_stay_apart(one: str, other: str) -> None:
    assert even(one) != even(other)
    assert name_key(one) != name_key(other)


def test_fold_knows_d_and_decomposed_letters() -> None:
    assert fold("Cà phê Đắk Hà, TP.HCM 3★") == "ca phe dak ha tp hcm 3"
    assert fold(unicodedata.normalize("NFD", "Đặc sản Huế")) == "dac san hue"


def test_clean_drops_what_cannot_be_seen() -> None:
    assert clean("  Mật\u200b ong\t\n U  Minh\x00 ") == "Mật ong U Minh"


def test_a_key_ignores_case_and_punctuation() -> None:
    assert name_key("CÀ-PHÊ “Đắk Hà” (50%)") == name_key("cà phê Đắk Hà 50%")


def _plainly(text: str) -> tuple[str, str, list[str]]:
    """`clean`, `even` and `words` letter by letter, as they are meant."""
    composed = unicodedata.normalize("NFC", text)
    kept = (c if not unicodedata.category(c).startswith("C") else " " if c in "\t\n\r\v\f" else "" for c in composed)
    cleaned = re.sub(r"\s+", " ", "".join(kept)).strip()
    out = []
    for char in cleaned.lower():
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(c for c in parts if c in TONES)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
        out.append(base + tone if tone else char)
    moved = re.sub(rf"(?<!q)([ou])([aey])([{TONES}])(?!\w)", r"\1\3\2", "".join(out))
    lone = re.sub(rf"(?<![\w{TONES}])((?:[bcdđghklmnprstvx]+|qu)?)y([{TONES}]?)(?!\w)", r"\1i\2", moved)
    evened = unicodedata.normalize("NFC", lone)
    bare = unicodedata.normalize("NFD", evened).replace("đ", "d")
    return cleaned, evened, re.findall(r"[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c)))


def test_the_tables_say_what_each_letter_by_itself_says() -> None:
    for code in range(0x10000):
        if not 0xD800 <= code < 0xE000:
            text = f"a{chr(code)}b"
            assert (clean(text), even(text), words(text)) == _plainly(text), hex(code)


@given(st.text(st.sampled_from([*unicodedata.normalize("NFD", LETTERS), *LETTERS]), max_size=300))
def test_the_tables_say_what_letters_together_say(text: str) -> None:
    assert (clean(text), even(text), words(text)) == _plainly(text)


def test_what_was_told_is_remembered_within_bounds() -> None:
    asked: list[str] = []

    @remembered(3)
    def shout(text: str) -> str:
        asked.append(text)
        return text.upper()

    long = "x" * 201
    told = [shout(text) for text in ("a", "a", "b", "c", "a", "d", "d", "a", long, long)]
    assert told == [*"AABCADDA", long.upper(), long.upper()]
    assert asked == ["a", "b", "c", "d", "a", long, long]  # with the fourth all three were forgotten


@given(st.lists(st.text("aáàyýiouqmhăđê.-\u0301 ", max_size=6), max_size=4))
def test_spelling_looks_at_one_syllable_at_a_time(syllables: list[str]) -> None:
    text = " ".join(syllables)
    assert even(text) == " ".join(even(one) for one in clean(text).split(" "))
    assert words(text) == [word for one in clean(text).split(" ") for word in words(one)]
