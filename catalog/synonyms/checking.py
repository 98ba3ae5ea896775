"""What is wrong with groups, in sentences. Groups that were in force already are not judged anew by themselves."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from catalog.errors import ShopError
from catalog.search import place_words
from catalog.search.tokens import tokens
from catalog.synonyms import errors
from catalog.synonyms.changes import Key, key_of
from catalog.synonyms.groups import Group, Groups, Kind

MOST_GROUPS: Final = 1000
MOST_PHRASES: Final = 12  # in a group, what it finds included
MOST_WORDS: Final = 6
MOST_CHARACTERS: Final = 60
MOST_NOTE: Final = 300
_SIGNS: Final = frozenset(" .-&'’")
_EVERYWHERE: Final = frozenset(
    {"và", "của", "các", "những", "cho", "từ", "với", "là", "có", "ở", "tại", "trong", "loại", "cái", "hàng", "ngon",
     "sản phẩm", "hàng hóa", "đặc sản", "thực phẩm", "việt nam"}
)  # fmt: skip
# Goods that are not each other's name, however often they are mixed up: of each row one class may be in a group.
_APART: Final = (
    (("nước mắm",), ("mắm nêm",), ("mắm tôm",), ("mắm ruốc",), ("nước chấm",), ("nước tương", "xì dầu")),
    (("mật ong",), ("mật mía",), ("mật dừa",), ("si rô", "siro")),
    (("thuốc",), ("thực phẩm bảo vệ sức khỏe", "thực phẩm chức năng", "tpbvsk", "tpcn")),
    (("rượu",), ("bia",), ("nước giải khát", "nước ngọt"), ("giấm", "dấm")),
    (("sữa tươi",), ("sữa hoàn nguyên",), ("sữa hạt",), ("sữa bột",)),
    (("yến sào", "tổ yến"), ("nước yến",)),
)
_WHY: Final = {
    "why": "quy chuẩn và nhãn hàng phân biệt chúng",
    "why_en": "standards and labels tell them apart",
}


def check(groups: Groups, before: Iterable[Group] = ()) -> None:
    """Raises Refused with everything that is wrong with `groups`, of those in `before` only what is new about them."""
    known = set(before)
    found: list[ShopError] = []
    if len(groups) > MOST_GROUPS:
        found.append(errors.TooManyGroups(count=len(groups), most=MOST_GROUPS))
    for group in groups:
        if group not in known:
            found += _wrong_with(group)
    found += _in_two(groups, known)
    if found:
        raise errors.Refused(found)


def _wrong_with(group: Group) -> Iterator[ShopError]:
    every = (*group.phrases, *group.finds)
    if group.kind not in Kind.values:
        yield errors.UnknownKind(group=str(group))
    if len(every) < 2 or not group.phrases:
        yield errors.TooFewPhrases(group=str(group))
    if len(every) > MOST_PHRASES:
        yield errors.TooManyPhrases(group=_short(str(group)), count=len(every), most=MOST_PHRASES)
        return
    if len(group.note) > MOST_NOTE:
        yield errors.NoteTooLong(group=str(group), most=MOST_NOTE)
    unreadable = [wrong for phrase in every if (wrong := _unreadable(phrase))]
    if unreadable:
        yield from unreadable
        return
    yield from filter(None, map(_meaningless, every))
    yield from _repeated(group, every)
    yield from _kept_apart(every)


def _unreadable(phrase: str) -> ShopError | None:
    """The first reason why a phrase cannot be looked for as it is."""
    shown = _short(phrase)
    strange = next((c for c in phrase if not (c.isalnum() or unicodedata.combining(c) or c in _SIGNS)), None)
    if strange is not None:
        return errors.BadCharacter(phrase=shown, character=strange)
    words = tokens(phrase)
    if not any(c.isalpha() for word in words for c in word.folded):
        return errors.NoLetters(phrase=shown)
    if len(words) > MOST_WORDS or len(phrase) > MOST_CHARACTERS:
        return errors.PhraseTooLong(phrase=shown, words=MOST_WORDS, characters=MOST_CHARACTERS)
    return None


def _meaningless(phrase: str) -> ShopError | None:
    if " ".join(key_of(phrase)) in _EVERYWHERE:
        return errors.PhraseIsStopWord(phrase=phrase)
    place = next(iter(place_words.find(tokens(phrase))), None)
    return errors.PhraseIsPlace(phrase=phrase, place=place.chip.words) if place else None


def _repeated(group: Group, every: tuple[str, ...]) -> Iterator[ShopError]:
    seen: dict[Key, str] = {}
    for phrase in every:
        plain = tuple(token.folded for token in tokens(phrase))
        if plain in seen and key_of(phrase) == key_of(seen[plain]):
            yield errors.PhraseTwice(phrase=phrase, group=str(group))
        elif plain in seen:
            yield errors.OnlyAccentsDiffer(phrase=phrase, other=seen[plain])
        seen.setdefault(plain, phrase)


def _kept_apart(every: tuple[str, ...]) -> Iterator[ShopError]:
    for classes in _APART:
        named: dict[int, str] = {}
        for phrase in every:
            number = next((i for i, names in enumerate(classes) if any(_holds(phrase, name) for name in names)), None)
            if number is not None:
                named.setdefault(number, phrase)
        if len(named) > 1:
            phrase, other = list(named.values())[:2]
            yield errors.DifferentGoods(phrase=phrase, other=other, **_WHY)


def _holds(phrase: str, name: str) -> bool:
    return f" {' '.join(key_of(name))} " in f" {' '.join(key_of(phrase))} "


def _in_two(groups: Groups, known: set[Group]) -> Iterator[ShopError]:
    """Phrases that are typed in more than one group, where one of the groups is new."""
    owners: dict[Key, Group] = {}
    for group in groups:
        for key, phrase in {key_of(phrase): phrase for phrase in group.phrases}.items():
            other = owners.setdefault(key, group)
            if other is not group and key and not (group in known and other in known):
                yield errors.PhraseInTwoGroups(phrase=phrase, other=str(group if group in known else other))


def _short(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS + 20 else f"{text[: MOST_CHARACTERS + 20]}…"
