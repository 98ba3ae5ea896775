"""Suggestions: phrases of the catalogue in memory, made anew when the index changed."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from catalog import clock
from catalog.certificates.gate import listable
from catalog.products.models import ADULT_ONLY, Product
from catalog.regions.places import places
from catalog.search.query import Suggestion
from catalog.search.tokens import accented, folded

_SCANNED = 200  # phrases that begin with what was typed, looked at for accents


@dataclass(frozen=True, slots=True)
class _Phrase:
    key: str  # folded, from some word of the phrase to its end
    spoken: str
    text: str
    kind: str


def suggest(text: str, limit: int, generation: str) -> list[Suggestion]:
    """At most `limit` phrases with a word that begins as typed; those with the accents as typed come first."""
    key, spoken = folded(text), accented(text)
    if not key:
        return []
    phrases, keys = _dictionary(generation)
    start = bisect_left(keys, key)
    found = []
    for phrase in phrases[start : start + _SCANNED]:
        if not phrase.key.startswith(key):
            break
        found.append(phrase)
    found.sort(key=lambda p: (spoken not in p.spoken, not p.spoken.startswith(spoken), len(p.text), p.text))
    texts = dict.fromkeys((p.text, p.kind) for p in found)
    return [Suggestion(t, kind, urlencode({"q": t})) for t, kind in list(texts)[:limit]]


@lru_cache(maxsize=2)
def _dictionary(_generation: str) -> tuple[list[_Phrase], list[str]]:
    listed = Product.objects.filter(listable(clock.today())).exclude(restriction__in=ADULT_ONLY)
    told = [(name, "product") for name in listed.values_list("name", flat=True)]
    told += [(name, "producer") for name in listed.values_list("producer__name", flat=True).distinct()]
    told += [(p.short, "province") for p in places().provinces.values()]
    told += [(p.short, "old_province") for p in places().old_provinces.values()]
    phrases = sorted((p for text, kind in dict.fromkeys(told) for p in _tails(text, kind)), key=lambda p: p.key)
    return phrases, [phrase.key for phrase in phrases]


def _tails(text: str, kind: str) -> list[_Phrase]:
    words = folded(text).split()
    return [_Phrase(" ".join(words[i:]), accented(text), text, kind) for i in range(len(words))]
