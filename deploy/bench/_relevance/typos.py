"""The corrector on typos that nobody wrote down: one edit, a fixed seed; and on words that are none of its business."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

from catalog import clock
from catalog.search.asking import ask
from catalog.search.engine import Engine
from catalog.search.query import SearchQuery
from catalog.search.tokens import Token, folded, join, tokens
from deploy.bench._relevance.catalogue import TODAY, specialities

TYPOS: Final = 1000
SEED: Final = 20260601
TUNED_ON: Final = (7, 11)  # seeds that the corrector's thresholds were chosen with; those of others are unseen
_FILE: Final = Path(__file__).parent / "elsewhere.txt"
_KEYS: Final = "abcdeghiklmnopqrstuvxy"  # of Vietnamese words
_LONGEST: Final = 4  # words of a name that are typed
_SHORTEST: Final = 3  # letters of a word that is mistyped: of two, one edit leaves nothing to go by


@dataclass(frozen=True)
class Restored:
    """`meant` was typed as `typed`; `taken_for` is what it was corrected to, `found`: among its first ten hits.

    `offered` is what a page without hits asks back.
    """

    meant: str
    typed: str
    taken_for: str | None
    offered: str | None
    found: bool

    @property
    def restored(self) -> bool:
        """Is it the same words again?"""
        return self.taken_for is not None and folded(self.taken_for) == folded(self.meant)

    @property
    def asked_back(self) -> bool:
        """Is it the same words that are offered?"""
        return self.offered is not None and folded(self.offered) == folded(self.meant)


def typos(engine: Engine, *, accents: bool = False, seed: int = SEED) -> list[Restored]:
    """A thousand typos: words of names, with at most three others of the name, one edit away from any known word."""
    with clock.as_of(TODAY):
        return [_restored(engine, *made) for made in _made(engine, accents=accents, seed=seed)]


def falsely_corrected(engine: Engine, *, accents: bool = True, seen: bool | None = None) -> tuple[int, dict[str, str]]:
    """How many real words and brands were asked for, and those that were taken for others, with what for.

    The corrector's thresholds were chosen with one half of them, `seen`; the other tells what they are worth.
    """
    wrong: dict[str, str] = {}
    words = [text for text in elsewhere(engine) if seen in (None, is_seen(text))]
    with clock.as_of(TODAY):
        for text in words:
            typed = text if accents else folded(text)
            if corrected := ask(engine, SearchQuery(text=typed)).corrected:
                wrong[typed] = corrected
    return len(words), wrong


def is_seen(text: str) -> bool:
    """Is it of the half that thresholds are chosen with? By a hash: a line added to the list moves no other."""
    return not crc32(folded(text).encode()) % 2


def elsewhere(engine: Engine) -> list[str]:
    """The list, without what consists of words of the catalogue: there is nothing to correct."""
    known = engine.vocabulary().folded
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#") and any(t.folded not in known for t in tokens(line))]


def _made(engine: Engine, *, accents: bool, seed: int) -> Iterator[tuple[str, str, int]]:
    dice, known = random.Random(seed), engine.vocabulary().folded
    names = [(one.facts.pk, tokens(one.facts.name)) for one in specialities() if not one.adult]
    left = TYPOS
    while left:
        number, name = dice.choice(names)
        start = dice.randrange(len(name))
        part = name[max(0, start - dice.randrange(_LONGEST)) : start + dice.randrange(1, _LONGEST)][:_LONGEST]
        at = dice.randrange(len(part))
        word = _word(part[at], accents=accents)
        wrong = _edited(word, dice)
        if len(word) < _SHORTEST or len(part) < 2 or folded(wrong) in known or not wrong.isalpha():
            continue
        left -= 1
        words = [_word(token, accents=accents) for token in part]
        yield join(part), " ".join([*words[:at], wrong, *words[at + 1 :]]), number


def _word(token: Token, *, accents: bool) -> str:
    return token.accented if accents else token.folded


def _edited(word: str, dice: random.Random) -> str:
    at, kind, key = dice.randrange(len(word)), dice.randrange(4), dice.choice(_KEYS)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + key + word[at:]
    if kind == 2:
        return word[:at] + key + word[at + 1 :]
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def _restored(engine: Engine, meant: str, typed: str, number: int) -> Restored:
    answer = ask(engine, SearchQuery(text=typed))
    return Restored(meant, typed, answer.corrected, answer.offered, number in answer.found.ids[:10])
