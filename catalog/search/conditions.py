"""What an engine is asked, as a tree that each engine translates into its own terms."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """The field has this word or number; a word scores by BM25."""

    field: str
    value: int | str


@dataclass(frozen=True, slots=True)
class Phrase:
    """The field has these words, two at least, one behind the other; scores by BM25."""

    field: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The number lies between these, both included; None does not bound."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds; the scores of those that do are added."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All hold; their scores are added."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Boosted:
    """Its score times `factor`."""

    part: "Condition"
    factor: float


@dataclass(frozen=True, slots=True)
class Constant:
    """Scores `worth`, whatever it would score by itself."""

    part: "Condition"
    worth: float


Condition = Term | Phrase | Between | AnyOf | AllOf | Boosted | Constant


def phrase(field: str, words: Sequence[str]) -> Term | Phrase:
    """Words one behind the other; a single one is a term."""
    return Phrase(field, tuple(words)) if len(words) > 1 else Term(field, words[0])


def any_of(parts: Sequence[Condition]) -> Condition:
    """One of them, or the one there is."""
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def all_of(parts: Sequence[Condition]) -> Condition:
    """All of them, or the one there is."""
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))
