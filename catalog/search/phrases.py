"""Phrases that begin with what was typed, by kind, so that no kind crowds out the others."""

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from catalog.search.query import Suggestion
from catalog.search.tokens import Token, folded, join, tokens

SHARES: Final = {"group": 1, "product": 4, "place": 2, "producer": 2}  # of eight, in order where equally well met
FAMILIES: Final = {
    "province": "place", "old_province": "place", "old_district": "place", "region": "place",
    "branch": "group", "set": "group", "product": "product", "producer": "producer",
}  # fmt: skip
_LONGEST_KEY: Final = 32  # characters of a phrase that are compared
_STARTS: Final = 8  # words of a phrase that what is typed may begin at: "Hợp tác xã nông nghiệp Bản Mường"
_KEPT: Final = 24  # best phrases remembered for a prefix
_REMEMBERED: Final = 20_000  # prefixes
_LAST: Final = "\U0010ffff"
Phrase = tuple[Suggestion, Sequence[str]]  # and the names that it is found by


@dataclass
class _Keys:
    """Sorted beginnings of phrases, each with its rank; the lowest rank is the best."""

    keys: list[str]
    ranks: list[int]
    best: dict[str, list[int]] = field(default_factory=dict)

    def find(self, prefix: str) -> list[int]:
        """The ranks of the best phrases for a prefix."""
        if (known := self.best.get(prefix)) is not None:
            return known
        low, high = bisect_left(self.keys, prefix), bisect_left(self.keys, prefix + _LAST)
        found = heapq.nsmallest(_KEPT, self.ranks[low:high])
        if len(self.best) < _REMEMBERED:
            self.best[prefix] = found
        return found


class _Family:
    """Phrases of one family, given best first."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._suggestions = [suggestion for suggestion, _ in phrases]
        spelled = [(number, tokens(name)) for number, (_, names) in enumerate(phrases) for name in names]
        self._folded = self._keys([(number, [t.folded for t in words]) for number, words in spelled])
        self._accented = self._keys([(number, [t.accented for t in words]) for number, words in spelled])

    def find(self, typed: Sequence[Token]) -> tuple[int, list[Suggestion]]:
        """How well the best is met, and all in order.

        What begins a phrase (0) comes before what begins a later word of one (1); where accents were typed, other
        accents come behind (2, 3).
        """
        if not (many := len(self._suggestions)):
            return 0, []
        ranks: list[int] = []
        if any(token.has_accents for token in typed):
            ranks = self._accented.find(_key([t.accented for t in typed]))
            ranks = ranks + [rank + 2 * many for rank in self._folded.find(_key([t.folded for t in typed]))]
        else:
            ranks = self._folded.find(_key([t.folded for t in typed]))
        found = [self._suggestions[number] for number in dict.fromkeys(rank % many for rank in ranks)]
        if len(whole := join(typed)) > _LONGEST_KEY:
            found = [one for one in found if whole in folded(one.text) or whole in folded(one.text_en)]
        return (ranks[0] // many if ranks else 0), found

    def _keys(self, spelled: Sequence[tuple[int, list[str]]]) -> _Keys:
        pairs: list[tuple[str, int]] = []
        many = len(self._suggestions)
        for number, words in spelled:
            text, start = " ".join(words), 0
            for later, word in enumerate(words[:_STARTS]):
                pairs.append((text[start : start + _LONGEST_KEY], number + many * bool(later)))
                start += len(word) + 1
        pairs.sort()
        return _Keys([key for key, _ in pairs], [rank for _, rank in pairs])


class Phrases:
    """Phrases given best first, each with the names that it is found by."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        by_family: dict[str, list[Phrase]] = {family: [] for family in SHARES}
        for phrase in phrases:
            by_family[FAMILIES[phrase[0].kind]].append(phrase)
        self._families = {family: _Family(some) for family, some in by_family.items()}

    def find(self, typed: Sequence[Token]) -> list[list[Suggestion]]:
        """A list for each family that has some, the best met family first."""
        found = [family.find(typed) for family in self._families.values()]
        return [some for _, some in sorted(found, key=lambda one: one[0]) if some]


def shared_out(found: Sequence[list[Suggestion]], limit: int) -> list[Suggestion]:
    """At most `limit` of them: each family has its share, and what others leave; a family stays together."""
    counts = [min(len(some), SHARES[FAMILIES[some[0].kind]]) for some in found]
    while sum(counts) > max(0, limit):
        counts[counts.index(max(counts))] -= 1
    for number, some in enumerate(found):
        counts[number] += min(len(some) - counts[number], max(0, limit) - sum(counts))
    return [one for some, count in zip(found, counts, strict=True) for one in some[:count]]


def _key(words: Sequence[str]) -> str:
    return " ".join(words)[:_LONGEST_KEY]
