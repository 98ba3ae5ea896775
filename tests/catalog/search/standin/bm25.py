"""BM25 as Elasticsearch has it: Lucene's, times k1 + 1, with a text's length in a byte."""

import math
from collections.abc import Mapping, Sequence

K1, B = 1.2, 0.75
_FREE = 24  # lengths below are exact; above, four bits of each are kept


class Words:
    """The words of one field of all documents."""

    def __init__(self, texts: Mapping[str, Sequence[str]]) -> None:
        self.at: dict[str, dict[str, list[int]]] = {}  # word → document → positions
        for identity, words in texts.items():
            for place, word in enumerate(words):
                self.at.setdefault(word, {}).setdefault(identity, []).append(place)
        self._count = len(texts)
        mean = sum(map(len, texts.values())) / max(1, self._count)
        self._norms = {
            identity: K1 * (1 - B + B * kept_length(len(words)) / mean) for identity, words in texts.items() if words
        }

    def term(self, word: str) -> dict[str, float]:
        """Document → score."""
        found = self.at.get(word, {})
        weight = self._weight(len(found))
        return {identity: weight * _share(len(places), self._norms[identity]) for identity, places in found.items()}

    def phrase(self, words: Sequence[str]) -> dict[str, float]:
        """Document → score, for words one behind the other."""
        known = [self.at.get(word, {}) for word in words]
        weight = sum(self._weight(len(found)) for found in known)
        scores = {}
        for identity in set(known[0]).intersection(*known[1:]):
            starts = set(known[0][identity])
            for offset, found in enumerate(known[1:], start=1):
                starts &= {place - offset for place in found[identity]}
            if starts:
                scores[identity] = weight * _share(len(starts), self._norms[identity])
        return scores

    def _weight(self, documents: int) -> float:
        return (K1 + 1) * math.log(1 + (self._count - documents + 0.5) / (documents + 0.5))


def kept_length(length: int) -> int:
    """What is left of a length after it went through its byte."""
    if length < _FREE:
        return length
    rest = length - _FREE
    shift = max(0, rest.bit_length() - 4)
    return _FREE + ((rest >> shift) << shift)


def _share(times: int, norm: float) -> float:
    return times / (times + norm)
