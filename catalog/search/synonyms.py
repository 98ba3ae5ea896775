"""The words of a query with the other words that mean the same, by the groups in force (`catalog.synonyms`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalog.search.tokens import Token, tokens
from catalog.synonyms.groups import Kind, SynonymSet
from catalog.synonyms.in_force import synonyms_in_force


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other words for the same; goods are looked for with accents in the name, forms of trade folded in all words."""

    words: tuple[str, ...]
    goods: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of a query that stand together: all of them match, or one of the alternatives does, or the place.

    `communes`: codes as numbers (see `codes`) of the communes of today that the words name; without words these alone.
    `in_a_row`: they match only one behind the other, in this order; with accents if any of them has some.
    """

    words: tuple[Token, ...]
    alternatives: tuple[Alternative, ...] = ()
    in_a_row: bool = False
    communes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[Token, ...]
    alternatives: tuple[Alternative, ...]

    def is_meant_by(self, typed: Sequence[Token]) -> bool:
        """Accents that were typed must be this word's: "mẹ" is not "mè"; "me" may be."""
        return all(not t.has_accents or t.accented == w.accented for t, w in zip(typed, self.words, strict=True))


def clauses(typed: Sequence[Token], known: SynonymSet | None = None) -> list[Clause]:
    """The words of a query with their synonyms, those in force unless told others; the longest reading first."""
    if not typed:
        return []
    table, longest = _table(known or synonyms_in_force())
    found: list[Clause] = []
    start = 0
    while start < len(typed):
        for length in range(min(longest, len(typed) - start), 0, -1):
            part = tuple(typed[start : start + length])
            entries = table.get(tuple(t.folded for t in part), ())
            meant = [alt for entry in entries if entry.is_meant_by(part) for alt in entry.alternatives]
            if meant or length == 1:
                found.append(Clause(part, tuple(dict.fromkeys(meant))))
                start += length
                break
    return found


@lru_cache(maxsize=8)  # the set in force, and those of drafts that are tried out
def _table(known: SynonymSet) -> tuple[dict[tuple[str, ...], list[_Entry]], int]:
    """What each phrase, folded, also finds; and the most words that a phrase has."""
    table: dict[tuple[str, ...], list[_Entry]] = {}
    for group in known.groups:
        goods = group.kind == Kind.GOODS
        for phrase in group.phrases:
            own = tuple(tokens(phrase))
            others = group.finds or tuple(other for other in group.phrases if other != phrase)
            entry = _Entry(own, tuple(_alternative(other, goods) for other in others))
            table.setdefault(tuple(t.folded for t in own), []).append(entry)
    return table, max(map(len, table), default=1)


def _alternative(phrase: str, goods: bool) -> Alternative:
    return Alternative(tuple(t.accented if goods else t.folded for t in tokens(phrase)), goods)
