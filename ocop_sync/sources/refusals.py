"""Why a source cannot be read: one sentence a problem, in both languages, that says what is wrong and what to do."""

from collections.abc import Sequence
from typing import Any, Protocol

from ocop_sync.errors import SourceUnusable
from ocop_sync.sources import problems


class Told(Protocol):
    """Something that has a sentence in both languages."""

    def sentence(self, language: str) -> str:
        """The sentence in "vi" or "en"."""


class Refusal(SourceUnusable):
    """A source that cannot be read. `problem` is a key of `problems.PROBLEMS`; `proposals` end the sentence."""

    vi = "Không dùng được nguồn {source}: {told}. Không có gì bị thay đổi."
    en = "The source {source} cannot be used: {told}. Nothing was changed."

    def __init__(self, problem: str, *, source: str, proposals: Sequence[Told] = (), **data: Any) -> None:
        self.problem = problem
        self.proposals = tuple(proposals)
        super().__init__(source=source, **data)

    def message(self, language: str = "vi") -> str:
        """The sentence for a person, in "vi" or "en"."""
        told = problems.PROBLEMS[self.problem][language == "en"].format(**self.data)
        if self.proposals:
            told += "; " + "; ".join(one.sentence(language) for one in self.proposals)
        return (self.en if language == "en" else self.vi).format(source=self.data["source"], told=told)
