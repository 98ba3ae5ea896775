"""Spelling: one edit away from a word of the catalogue itself, best one that stands beside the same words there.

Never corrected is a word that the catalogue has. What can be a syllable may well be meant ("bánh khọt" is no "bánh
khô"): typed with accents it is corrected only where three words in a row say so, without where two do so often.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Final, NamedTuple, Protocol

from catalog.search.engine import Vocabulary
from catalog.search.syllables import is_syllable
from catalog.search.tokens import Token

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_ALONE: Final = 4  # letters; a shorter word is corrected only beside others
_TRIED: Final = 24  # candidates a word, those in most documents first
_TRIED_OF_TWO: Final = 144  # candidates where two words are unknown
_MOST_UNKNOWN: Final = 2
_OFTEN: Final = 3  # times that the catalogue has two words in a row, for one of them to be taken for a syllable typed


class Hits(Protocol):
    """Counts the hits of a text: all its words anywhere, or one behind the other."""

    def __call__(self, text: str, *, in_a_row: bool = False) -> int: ...


class _Evidence(NamedTuple):
    """What speaks for a correction: how many words in a row the catalogue has so, how often, and hits of all words."""

    row: int
    times: int
    hits: int


def correct(typed: Sequence[Token], known: Vocabulary, hits: Hits) -> str | None:
    """The text with its unknown words corrected, or None where nothing is wrong or nothing better is found."""
    unknown = [index for index, token in enumerate(typed) if _is_unknown(token, known)]
    if not unknown or len(unknown) > _MOST_UNKNOWN:
        return None
    if len(typed) == 1 and len(typed[0].folded) < _SHORTEST_ALONE:
        return None
    if len(unknown) == len(typed) > 1:  # nothing to go by
        return None
    choices = [_choices(t, known) if i in unknown else [t.raw.lower()] for i, t in enumerate(typed)]
    asked = _asked(typed, unknown)
    best, text = _Evidence(0, 0, 0), None
    for words in islice(product(*choices), _TRIED_OF_TWO):
        found = _evidence(words, unknown, hits)
        if found > best and found >= asked:
            best, text = found, " ".join(words)
    return text


def _asked(typed: Sequence[Token], unknown: Sequence[int]) -> _Evidence:
    """The least evidence that a correction needs."""
    doubtful = [typed[index] for index in unknown if is_syllable(typed[index].folded)]
    if any(token.has_accents for token in doubtful):
        return _Evidence(3, 1, 1)
    if doubtful:
        return _Evidence(2, _OFTEN, 1)
    return _Evidence(min(2, len(typed)), 1, 1)


def _evidence(words: Sequence[str], unknown: Sequence[int], hits: Hits) -> _Evidence:
    """That of the weakest of the corrected words."""
    if not (together := hits(" ".join(words))):
        return _Evidence(0, 0, 0)
    return min(_Evidence(*_row(words, index, hits), together) for index in unknown)


def _row(words: Sequence[str], at: int, hits: Hits) -> tuple[int, int]:
    """The longest row of at most three words around one that the catalogue has, and how often it has it."""
    for length in (3, 2):
        starts = range(max(0, at - length + 1), min(at, len(words) - length) + 1)
        if times := max((hits(" ".join(words[s : s + length]), in_a_row=True) for s in starts), default=0):
            return length, times
    return 1, hits(words[at], in_a_row=True)


def _is_unknown(token: Token, known: Vocabulary) -> bool:
    return token.folded not in known.folded and token.folded.isalpha()


def _choices(token: Token, known: Vocabulary) -> list[str]:
    """Candidates, those in most documents first; with accents where accents were typed."""
    found = {word for word in _edits(token.folded) if word in known.folded}
    ranked = sorted(found, key=lambda word: (-known.folded[word], word))[:_TRIED]
    ranked += list(islice(_halves(token.folded, known), 3))
    return [_spoken(word, token, known) for word in ranked]


def _edits(word: str) -> Iterator[str]:
    """Every word one edit away: a letter left out, two swapped, one replaced, one added."""
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        for letter in _LETTERS:
            yield head + letter + tail
        if tail:
            yield head + tail[1:]
            for letter in _LETTERS:
                yield head + letter + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _halves(word: str, known: Vocabulary) -> Iterator[str]:
    """Two words whose space was left out, each of two letters at least."""
    for i in range(2, len(word) - 1):
        if word[:i] in known.folded and word[i:] in known.folded:
            yield f"{word[:i]} {word[i:]}"


def _spoken(word: str, typed: Token, known: Vocabulary) -> str:
    """The word as people write it, when accents were typed: the form nearest to them, then the most frequent."""
    forms = known.spoken.get(word)
    if not typed.has_accents or not forms:
        return word
    marks = set(typed.accented) - set(typed.folded)
    return max(forms, key=lambda form: (len(marks & set(form)), known.accented[form], form))
