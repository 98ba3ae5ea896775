"""Folding and keys of Vietnamese text."""

import unicodedata

import pytest

from catalog.text import clean, even, fold, name_key


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
