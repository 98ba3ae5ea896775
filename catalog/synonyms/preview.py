"""What changed groups would do: every phrase asked of the real engine, with the groups in force and with the others."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from catalog.products.models import Product
from catalog.search.engine import Engine
from catalog.search.query import MAX_HITS, SearchQuery
from catalog.search.reading import read
from catalog.search.syllables import is_syllable
from catalog.search.tokens import tokens
from catalog.synonyms.changes import Change, Key, diff, key_of
from catalog.synonyms.groups import Groups, SynonymSet

MOST_CHANGES: Final = 30  # whose phrases are asked for
EXAMPLES: Final = 5
_NAMES: Final = 200  # products whose names tell beside which words a short word stands
_FLOOD: Final = (4, 30)  # so many times what it found, and so many more
_NOTHING: Final = SynonymSet(0, ())


@dataclass(frozen=True, slots=True)
class PhraseEffect:
    """Listed products (goods for adults too) that a phrase finds `before` and `after`.

    `gained` and `lost` name some that it would newly find and no longer find. `beside`: of a one-syllable phrase, with
    which words it stands in names, and how often.
    """

    phrase: str
    before: int
    after: int
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    beside: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """One changed group; `phrases` is None where so many groups changed that this one's were not asked for."""

    change: Change
    phrases: tuple[PhraseEffect, ...] | None
    warnings: tuple[str, ...] = ()


def preview(before: Groups, after: Groups, engine: Engine) -> list[Effect]:
    """What differs, and what it would do. Raises SearchUnavailable."""
    old, new = SynonymSet(0, before), SynonymSet(0, after)
    effects = []
    for number, change in enumerate(diff(before, after)):
        if number >= MOST_CHANGES:
            effects.append(Effect(change, None))
            continue
        told = tuple(_effect(phrase, old, new, engine) for phrase in _phrases(change))
        effects.append(Effect(change, told, tuple(_warnings(change, told, after))))
    return effects


def hits(phrase: str, known: SynonymSet, engine: Engine) -> list[int]:
    """Ids of all listed products that a phrase finds with these synonyms, the best first."""
    request = read(SearchQuery(text=phrase, adult=True, counted=False), synonyms=known).request
    return engine.search(replace(request, limit=MAX_HITS)).ids


def _phrases(change: Change) -> Iterable[str]:
    groups = [group for group in (change.after, change.before) if group]
    found: dict[Key, str] = {}
    for phrase in (phrase for group in groups for phrase in (*group.phrases, *group.finds)):
        found.setdefault(key_of(phrase), phrase)
    return found.values()


def _effect(phrase: str, old: SynonymSet, new: SynonymSet, engine: Engine) -> PhraseEffect:
    before, after = hits(phrase, old, engine), hits(phrase, new, engine)
    kept, had = set(after), set(before)
    return PhraseEffect(
        phrase,
        len(before),
        len(after),
        _names([one for one in after if one not in had][:EXAMPLES]),
        _names([one for one in before if one not in kept][:EXAMPLES]),
        _beside(phrase, hits(phrase, _NOTHING, engine)) if _is_syllable(phrase) else (),
    )


def _is_syllable(phrase: str) -> bool:
    words = tokens(phrase)
    return len(words) == 1 and is_syllable(words[0].folded)


def _names(ids: Sequence[int]) -> tuple[str, ...]:
    found = dict(Product.objects.filter(pk__in=ids).values_list("pk", "name"))
    return tuple(found[pk] for pk in ids if pk in found)


def _beside(phrase: str, ids: Sequence[int]) -> tuple[tuple[str, int], ...]:
    """The pairs of words that the phrase is half of in names, the most frequent first."""
    (wanted,) = key_of(phrase)
    pairs: Counter[str] = Counter()
    for name in _names(ids[:_NAMES]):
        words = [word.lower() for word in re.findall(r"[^\W_]+", name)]
        keys = [key_of(word) for word in words]
        places = [at for at, key in enumerate(keys) if key == (wanted,)]
        pairs.update({" ".join(words[i : i + 2]) for at in places for i in (at - 1, at) if 0 <= i < len(words) - 1})
    return tuple(pairs.most_common(EXAMPLES))


def _warnings(change: Change, told: Sequence[PhraseEffect], after: Groups) -> Iterable[str]:
    times, more = _FLOOD
    was = {key_of(phrase) for phrase in (*change.before.phrases, *change.before.finds)} if change.before else set()
    for one in told:
        if one.after >= one.before * times and one.after - one.before >= more:
            said = _("“{phrase}” sẽ tìm ra nhiều hơn hẳn: {after} sản phẩm thay vì {before}. Xem kỹ các ví dụ.")
            yield said.format(phrase=one.phrase, after=one.after, before=one.before)
        if one.lost and change.after:
            said = _("“{phrase}” sẽ không còn tìm ra một số sản phẩm, ví dụ: {names}.")
            yield said.format(phrase=one.phrase, names=", ".join(one.lost))
        if len(one.beside) > 1 and key_of(one.phrase) not in was:
            said = _("“{phrase}” chỉ có một âm tiết và có thể mang nhiều nghĩa; trong danh mục đang có: {pairs}.")
            pairs = ", ".join(f"{pair} ({count})" for pair, count in one.beside)
            yield said.format(phrase=one.phrase, pairs=pairs)
    if change.after:
        yield from _chains(change, after)


def _chains(change: Change, after: Groups) -> Iterable[str]:
    """A one-way target with synonyms of its own: those are not found by it."""
    finds = change.after.finds if change.after else ()
    for group in after:
        for phrase in finds:
            if key_of(phrase) in map(key_of, group.phrases):
                said = _("“{phrase}” còn ở nhóm “{group}”; các từ của nhóm ấy không được tìm thêm theo.")
                yield said.format(phrase=phrase, group=group)
