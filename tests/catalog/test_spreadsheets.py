"""A text that a spreadsheet would carry out is written as a text."""

import pytest

from catalog.spreadsheets import safe_cell


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_formulas_are_texts(first: str) -> None:
    assert safe_cell(f"{first}cmd|' /C calc'!A0") == f"'{first}cmd|' /C calc'!A0"
    assert safe_cell(first) == f"'{first}"


@pytest.mark.parametrize("text", ["", "Lâm Đồng", "3-5 sao", "a=b", " =1", "'=1", "1.204"])
def test_other_texts_stay(text: str) -> None:
    assert safe_cell(text) == text
