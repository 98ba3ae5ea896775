"""Spelling: one edit away from a word of the catalogue itself.

Never corrected are a word that the catalogue has, and a syllable typed with accents: who typed "khọt" meant it.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from catalog.search.engine import Vocabulary
from catalog.search.syllables import is_syllable
from catalog.search.tokens import Token

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_ALONE: Final = 4  # letters; a shorter word is corrected only beside others
_TRIED: Final = 12  # candidates a word, those in most documents first
_MOST_UNKNOWN: Final = 2

Hits = Callable[[str], int]


def correct(typed: Sequence[Token], known: Vocabulary, hits: Hits) -> str | None:
    """The text with its unknown words corrected, or None where nothing is wrong or nothing better is found.

    `hits` counts the hits of a text: a correction has to have some, and the one with most is taken.
    """
    unknown = [index for index, token in enumerate(typed) if _is_unknown(token, known)]
    if not unknown or len(unknown) > _MOST_UNKNOWN:
        return None
    if len(typed) == 1 and len(typed[0].folded) < _SHORTEST_ALONE:
        return None
    texts = [""]
    for index, token in enumerate(typed):
        choices = _choices(token, known) if index in unknown else [token.raw.lower()]
        texts = [f"{text} {choice}".strip() for text in texts for choice in choices]
    if len(unknown) > 1:
        texts = texts[: _TRIED * _TRIED]
    best = max(((hits(text), -place) for place, text in enumerate(texts)), default=(0, 0))
    return texts[-best[1]] if best[0] else None


def _is_unknown(token: Token, known: Vocabulary) -> bool:
    meant = token.has_accents and is_syllable(token.accented)
    return token.folded not in known.folded and token.folded.isalpha() and not meant


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
