"""Which words of a query name an old district or a commune without doubt.

A district's name may stand alone, a commune's only behind its kind ("xã Hòa Long"). A name that several places bear
says nothing, unless its kind, its accents, or a province or district named beside it leaves one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from catalog.search import local_names
from catalog.search.local_names import COMMUNE_KINDS, DISTRICT_KINDS, Found, LocalName
from catalog.search.syllables import is_syllable
from catalog.search.tokens import Token
from catalog.text import fold

_NO_CITY: Final = ("huyện", "quận", "thị xã")


@dataclass(frozen=True, slots=True)
class LocalSpan:
    """Words `start` … `end` (excluded) name `places`; the name itself begins at `name`. `sure`: its kind was typed."""

    start: int
    name: int
    end: int
    places: tuple[LocalName, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Around:
    """Provinces that the query names besides: codes of today and of before, and the words that name them."""

    provinces: frozenset[str]
    old_provinces: frozenset[str]
    words: frozenset[int]

    @property
    def told(self) -> bool:
        """Is there one?"""
        return bool(self.provinces or self.old_provinces)


def districts(typed: Sequence[Token], around: Around) -> list[LocalSpan]:
    """The old districts, those with their kind first."""
    named = local_names.districts(typed)
    sure = _taken(_sure(typed, around, DISTRICT_KINDS, named, told=around.told))
    used = {index for span in sure for index in range(span.start, span.end)}
    return sure + _taken(_lone(typed, around, named, used))


def communes(typed: Sequence[Token], around: Around, within: Sequence[LocalSpan]) -> list[LocalSpan]:
    """The communes; in the districts `within` where there are any."""
    if not any(fold(kind.split()[-1]) == token.folded for kind in COMMUNE_KINDS for token in typed):
        return []
    used = around.words | {index for span in within for index in range(span.start, span.end)}
    codes = {place.code for span in within for place in span.places}
    named = [(start, end, _of(found, codes)) for start, end, found in local_names.communes(typed)]
    spans = _sure(typed, around, COMMUNE_KINDS, named, told=around.told or bool(codes))
    return _taken(span for span in spans if used.isdisjoint(range(span.start, span.end)))


def _of(found: list[LocalName], districts: set[str]) -> list[LocalName]:
    return [one for one in found if districts & one.districts] if districts else found


def _sure(
    typed: Sequence[Token], around: Around, kinds: dict[str, str], named: Sequence[Found], *, told: bool
) -> Iterator[LocalSpan]:
    """Names behind their kind."""
    for start, end, found in named:
        first, form = _kind_before(typed, start, kinds)
        numbered = end - start == 2 and typed[start + 1].folded.isdecimal()  # "Quận 1" is a name with its kind
        if not form and not numbered:
            continue
        of_kind = [one for one in found if one.form == form]
        if around.words.issuperset(range(start, end)) and not (of_kind and form in _NO_CITY):
            continue  # "tp Bến Tre" is the province too; "huyện Quảng Ninh" is none
        kept = _left(of_kind or found, around, set(range(start, end)))
        if places := local_names.one_place(kept, told=told):
            yield LocalSpan(first, start, end, places, sure=True)


def _lone(typed: Sequence[Token], around: Around, named: Sequence[Found], used: set[int]) -> Iterator[LocalSpan]:
    """Names without their kind."""
    spoken = any(token.has_accents for token in typed)
    for start, end, found in named:
        words, own = typed[start:end], set(range(start, end))
        if not used.isdisjoint(own) or around.words >= own or _kind_before(typed, start, COMMUNE_KINDS)[1]:
            continue
        if len(words) == 1 and is_syllable(words[0].folded):
            continue  # "Vinh", "Chũ": too short to go by
        meant = found
        if spoken and not any(token.has_accents for token in words):  # who types accents types them here too
            meant = [one for one in found if not any(token.has_accents for token in one.name)]
        if places := local_names.one_place(_left(meant, around, own), told=around.told):
            yield LocalSpan(start, start, end, places, sure=False)


def _left(found: list[LocalName], around: Around, own: set[int]) -> list[LocalName]:
    """Those in the provinces named, if any is named by other words than the place's own."""
    if not around.told or around.words <= own:
        return found
    return [one for one in found if one.lies_in(around.provinces, around.old_provinces)]


def _kind_before(typed: Sequence[Token], start: int, kinds: dict[str, str]) -> tuple[int, str]:
    """Where the kind before a name begins, and which it is; "" for none. "quân" and "quán" are no "quận"."""
    for length in (2, 1):
        words = typed[start - length : start] if start >= length else ()
        spoken, plain = (" ".join(getattr(t, how) for t in words) for how in ("accented", "folded"))
        for kind, form in kinds.items():
            if words and (spoken == kind or spoken == plain == fold(kind)):
                return start - length, form
    return start, ""


def _taken(spans: Iterable[LocalSpan]) -> list[LocalSpan]:
    """The first of those that overlap."""
    found: list[LocalSpan] = []
    taken: set[int] = set()
    for span in spans:
        if taken.isdisjoint(range(span.start, span.end)):
            taken |= set(range(span.start, span.end))
            found.append(span)
    return found
