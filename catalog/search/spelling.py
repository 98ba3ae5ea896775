"""Spelling: one edit away from a word of the catalogue itself, best one that stands beside the same words there.

Never corrected is a word that the catalogue has. What can be a syllable may well be meant ("bánh khọt" is no "bánh
khô"): it is corrected only to what the catalogue has more than once in such a place, in a text with accents with just
these; and only where three words in a row say so, where more than one letter with its accents would change, or one
letter be another: "su hào" and "su đào" are two words as any two, a letter left out or typed twice is none.
What the evidence is too weak for is offered, not done.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Final, NamedTuple, Protocol

from catalog.search.engine import Vocabulary
from catalog.search.syllables import is_syllable
from catalog.search.tokens import Token
from catalog.text import fold

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_ALONE: Final = 4  # letters; a shorter word is corrected only beside others
_TRIED: Final = 24  # candidates a word, those in most documents first
_TRIED_OF_TWO: Final = 144  # candidates where two words are unknown
_MOST_UNKNOWN: Final = 2
_OFTEN: Final = 2  # times that the catalogue has two words in a row, for one of them to be taken for a syllable typed


class Hits(Protocol):
    """Counts the hits of a text: all its words anywhere, or one behind the other, with accents if any word has some."""

    def __call__(self, text: str, *, in_a_row: bool = False) -> int: ...


class _Evidence(NamedTuple):
    """What speaks for a correction: how many words in a row the catalogue has so, how often, and hits of all words."""

    row: int
    times: int
    hits: int


class Correction(NamedTuple):
    """The text as it may have been meant; where that is not `sure` it is only to be offered."""

    text: str
    sure: bool


_OFFERED: Final = _Evidence(2, 1, 1)


def correct(typed: Sequence[Token], known: Vocabulary, hits: Hits) -> Correction | None:
    """The text with its unknown words corrected, or None where nothing is wrong or nothing better is found."""
    unknown = [index for index, token in enumerate(typed) if _is_unknown(token, known)]
    if not unknown or len(unknown) > _MOST_UNKNOWN:
        return None
    if len(typed) == 1 and len(typed[0].folded) < _SHORTEST_ALONE:
        return None
    if len(unknown) == len(typed) > 1:  # nothing to go by
        return None
    spoken = any(token.has_accents for token in typed)
    choices = [_choices(t, known, spoken=spoken) if i in unknown else [t.raw.lower()] for i, t in enumerate(typed)]
    meant = [index for index in unknown if spoken and is_syllable(typed[index].folded)]
    best: dict[bool, tuple[_Evidence, str]] = {}
    for words in islice(product(*choices), _TRIED_OF_TWO):
        found = _evidence(words, unknown, meant, hits)
        sure = found >= max(_asked(typed, words, index, meant) for index in unknown)
        if (sure or found >= _OFFERED) and found > best.get(sure, (_Evidence(0, 0, 0), ""))[0]:
            best[sure] = found, " ".join(words)
    return next((Correction(best[sure][1], sure) for sure in (True, False) if sure in best), None)


def _asked(typed: Sequence[Token], words: Sequence[str], index: int, meant: Sequence[int]) -> _Evidence:
    """The least evidence that the correction of one word needs."""
    if not is_syllable(typed[index].folded):
        return _Evidence(min(2, len(typed)), 1, 1)
    if index in meant and not _one_edit(typed[index].accented, words[index]):
        return _Evidence(3, 1, 1)
    if _one_replaced(typed[index].folded, fold(words[index])):
        return _Evidence(3, 1, 1)
    return _Evidence(2, _OFTEN, 1)


def _evidence(words: Sequence[str], unknown: Sequence[int], meant: Sequence[int], hits: Hits) -> _Evidence:
    """That of the weakest of the corrected words."""
    if not (together := hits(" ".join(words))):
        return _Evidence(0, 0, 0)
    plain = [fold(word) for word in words]  # whoever mistypes one word may have its neighbour's accents wrong too
    return min(_Evidence(*_row(words if one in meant else plain, one, hits), together) for one in unknown)


def _row(words: Sequence[str], at: int, hits: Hits) -> tuple[int, int]:
    """The longest row of at most three words around one that the catalogue has, and how often it has it."""
    for length in (3, 2):
        starts = range(max(0, at - length + 1), min(at, len(words) - length) + 1)
        if times := max((hits(" ".join(words[s : s + length]), in_a_row=True) for s in starts), default=0):
            return length, times
    return 1, hits(words[at], in_a_row=True)


def _is_unknown(token: Token, known: Vocabulary) -> bool:
    return token.folded not in known.folded and token.folded.isalpha()


def _choices(token: Token, known: Vocabulary, *, spoken: bool) -> list[str]:
    """Candidates, those in most documents first; with accents in a text with accents."""
    found = {word for written in _written(token) for word in _edits(written) if word in known.folded}
    ranked = sorted(found, key=lambda word: (-known.folded[word], word))[:_TRIED]
    ranked += list(islice(_halves(token.folded, known), 3))
    return [_spoken(word, token, known) for word in ranked] if spoken else ranked


def _written(token: Token) -> set[str]:
    """The word folded, also with the y that folding took for an i: "sny" is near "say"."""
    return {token.folded, token.folded[:-1] + "y"} if token.raw[-1:] in "yY" else {token.folded}


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
    """The word as people write it: the form nearest to what was typed, then the most frequent."""
    forms = known.spoken.get(word)
    if not forms:
        return word
    marks = set(typed.accented) - set(typed.folded)
    return max(
        forms, key=lambda form: (_one_edit(form, typed.accented), len(marks & set(form)), known.accented[form], form)
    )


def _one_edit(one: str, other: str) -> bool:
    """Does one edit make the one the other?"""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])


def _one_replaced(one: str, other: str) -> bool:
    """Does one letter, and only one, stand for another?"""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
