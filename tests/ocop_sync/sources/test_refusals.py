"""Every refusal has its sentence in both languages, with the same facts in it."""

from string import Formatter

import pytest

from ocop_sync.errors import SourceUnusable
from ocop_sync.sources.problems import PROBLEMS
from ocop_sync.sources.refusals import Refusal

pytestmark = pytest.mark.self_contained


def facts(sentence: str, language: str) -> set[str]:
    names = {name for _, name, _, _ in Formatter().parse(sentence) if name}
    return {name.removesuffix(f"_{language}") for name in names}


@pytest.mark.parametrize("problem", list(PROBLEMS))
def test_both_sentences_tell_the_same(problem: str) -> None:
    vi, en = PROBLEMS[problem]

    assert facts(vi, "vi") == facts(en, "en")
    assert not vi.endswith(".")
    assert not en.endswith(".")


def test_a_refusal_is_an_unusable_source() -> None:
    refused = Refusal("too_large", source="a.csv", size=70_000_000, most=67_108_864)

    assert isinstance(refused, SourceUnusable)
    assert refused.code == "source_unusable"
    assert refused.message("vi") == (
        "Không dùng được nguồn a.csv: tệp nặng 70,000,000 byte, nhiều nhất được 67,108,864; hãy tách thành nhiều tệp. "
        "Không có gì bị thay đổi."
    )
    assert str(refused) == (
        "The source a.csv cannot be used: the file has 70,000,000 bytes, 67,108,864 at most; split it. "
        "Nothing was changed."
    )
