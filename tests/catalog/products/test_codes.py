"""Public codes: what a person mistypes is noticed or read kindly."""

import pytest

from catalog.products.codes import ALPHABET, LENGTH, new_code, read_code


def test_a_new_code_reads_back() -> None:
    codes = [new_code() for _ in range(200)]
    assert [read_code(code) for code in codes] == codes
    assert {len(code) for code in codes} == {LENGTH}


def test_every_wrong_character_is_noticed() -> None:
    code = new_code()
    for place in range(LENGTH):
        for other in ALPHABET.replace(code[place], ""):
            assert read_code(code[:place] + other + code[place + 1 :]) is None


def test_every_swap_of_neighbours_is_noticed() -> None:
    for code in (new_code() for _ in range(100)):
        for place in range(LENGTH - 1):
            a, b = code[place], code[place + 1]
            if a != b:
                assert read_code(code[:place] + b + a + code[place + 2 :]) is None


def test_look_alikes_case_spaces_and_hyphens_are_read_kindly() -> None:
    code = next(c for c in iter(new_code, None) if "1" in c and "0" in c)
    assert read_code(f" {code[:3].lower()}-{code[3:]} ".replace("1", "l").replace("0", "O")) == code


@pytest.mark.parametrize("text", ["", "ABC", "ABCDEFGH", "ABCDEU1", "ABC*EF1", "キ" * 7])
def test_what_is_no_code_is_refused(text: str) -> None:
    assert read_code(text) is None
