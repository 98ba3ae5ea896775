"""Suggestions: phrases of the catalogue in memory, read again when the index or the day has changed."""

import heapq
import threading
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlencode

from catalog import clock
from catalog.certificates.services import shown
from catalog.regions.places import places
from catalog.search.query import Suggestion
from catalog.search.tokens import tokens

_LONGEST_KEY: Final = 32  # characters of a phrase that are compared
_STARTS: Final = 5  # words of a phrase that what is typed may begin at
_KEPT: Final = 24  # best phrases remembered for a prefix
_REMEMBERED: Final = 20_000  # prefixes
_REST: Final = 50  # phrases are kept this many times as long as reading them took
_LAST: Final = "\U0010ffff"


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


class Phrases:
    """Phrases given best first. What begins a phrase comes before what begins a later word of one."""

    def __init__(self, phrases: Iterable[Suggestion]) -> None:
        self._phrases = list(phrases)
        spelled = [tokens(phrase.text) for phrase in self._phrases]
        self._folded = self._keys([[t.folded for t in words] for words in spelled])
        self._accented = self._keys([[t.accented for t in words] for words in spelled])

    def suggest(self, text: str, limit: int) -> list[Suggestion]:
        """At most `limit` phrases; where accents were typed, those that have them come first."""
        typed = tokens(text)
        if not typed or limit < 1:
            return []
        ranks: list[int] = []
        if any(token.has_accents for token in typed):
            ranks += self._accented.find(" ".join(t.accented for t in typed)[:_LONGEST_KEY])
        ranks += self._folded.find(" ".join(t.folded for t in typed)[:_LONGEST_KEY])
        found = dict.fromkeys(rank % len(self._phrases) for rank in ranks)
        return [self._phrases[number] for number in list(found)[:limit]]

    def _keys(self, spelled: Sequence[list[str]]) -> _Keys:
        pairs: list[tuple[str, int]] = []
        for number, words in enumerate(spelled):
            text, start = " ".join(words), 0
            for later, word in enumerate(words[:_STARTS]):
                pairs.append((text[start : start + _LONGEST_KEY], number + len(spelled) * bool(later)))
                start += len(word) + 1
        pairs.sort()
        return _Keys([key for key, _ in pairs], [rank for _, rank in pairs])


@dataclass(frozen=True, slots=True)
class _Read:
    """Phrases as read for an index folder, a generation of it and a day; kept at least until `fresh_until`."""

    folder: str
    generation: str
    day: date
    phrases: Phrases
    fresh_until: float


class Dictionary:
    """The phrases of this process. One thread reads them anew; the others meanwhile use what there is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read: _Read | None = None

    def phrases(self, folder: str, generation: str) -> Phrases:
        """Those of today; on a busy shop a moment behind the index, never a day."""
        day, known = clock.today(), self._read
        if known is None or (known.folder, known.day) != (folder, day):
            with self._lock:
                return self._read_anew(folder, generation, day)
        if known.generation == generation or time.monotonic() < known.fresh_until:
            return known.phrases
        if not self._lock.acquire(blocking=False):
            return known.phrases
        try:
            return self._read_anew(folder, generation, day)
        finally:
            self._lock.release()

    def _read_anew(self, folder: str, generation: str, day: date) -> Phrases:
        known = self._read
        if known and (known.folder, known.generation, known.day) == (folder, generation, day):
            return known.phrases  # another thread was faster
        started = time.monotonic()
        phrases = Phrases(listed(day))
        ended = time.monotonic()
        self._read = _Read(folder, generation, day, phrases, ended + (ended - started) * _REST)
        return phrases


def listed(day: date) -> Iterator[Suggestion]:
    """Names of what is listed on this day and not for adults only, by star; then all places; then producers."""
    products = shown(day)
    told = [(name, "product") for name in products.order_by("-star", "name_key").values_list("name", flat=True)]
    told += [(p.short, "province") for p in places().provinces.values()]
    today = {text for text, kind in told if kind == "province"}
    told += [(p.short, "old_province") for p in places().old_provinces.values() if p.short not in today]
    producers = products.order_by("producer__name").values_list("producer__name", flat=True).distinct()
    told += [(name, "producer") for name in producers]
    return (Suggestion(text, kind, urlencode({"q": text})) for text, kind in dict.fromkeys(told))
