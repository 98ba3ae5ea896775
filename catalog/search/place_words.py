"""Place names inside a query: which words name a place without doubt, and what the filter is then called."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from catalog.regions import REGIONS, PlaceMatch, find_places, province
from catalog.regions.places import places
from catalog.search import local_spans
from catalog.search.chips import chip
from catalog.search.local_spans import Around, LocalSpan
from catalog.search.query import Chip
from catalog.search.tokens import Token, join, tokens

_SPELLINGS: Final = {  # other ways to write a province: kind of filter and code
    **dict.fromkeys(("tphcm", "tp hcm", "hcm"), ("province", "79")),
    **dict.fromkeys(("daklak", "daclac", "dac lac", "dac lak", "dak lac"), ("province", "66")),
    **dict.fromkeys(("daknong", "dacnong", "dac nong"), ("old_province", "67")),
    "kontum": ("old_province", "62"), "bac can": ("old_province", "06"), "brvt": ("old_province", "77"),
    "thua thien hue": ("province", "46"),
}  # fmt: skip
_REGION_NAMES: Final = {
    "mien tay": "dong-bang-song-cuu-long", "dbscl": "dong-bang-song-cuu-long", "dbsh": "dong-bang-song-hong",
    "nam trung bo": "duyen-hai-nam-trung-bo",
}  # fmt: skip
_LONE_NAMES: Final = {"huế": "46"}  # one syllable: only with its accents is it surely the place
_LEAD: Final = frozenset({"o", "tai", "tu", "tinh", "tp"})
_CITY: Final = (["thành", "phố"], ["thanh", "pho"])
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """Words `start` … `end` (excluded) that name a place.

    Provinces and regions narrow. What lies below them has `communes` of today, and is found by these or by its `name`;
    it is not `sure` where the name stands there alone, without its kind.
    """

    start: int
    end: int
    chip: Chip
    name: tuple[Token, ...] = ()
    communes: tuple[str, ...] = ()
    sure: bool = True


def find(typed: Sequence[Token]) -> list[PlaceSpan]:
    """The places that a query names, in the order of its words; "ở" or "tỉnh" before a name belongs to it."""
    wide = _wide(typed)
    around = Around(
        frozenset(value for _, _, kind, value in wide if kind == "province"),
        frozenset(value for _, _, kind, value in wide if kind == "old_province"),
        frozenset(index for start, end, _, _ in wide for index in range(start, end)),
    )
    districts = local_spans.districts(typed, around)
    local = districts + local_spans.communes(typed, around, districts)
    taken = {index for one in local for index in range(one.start, one.end)}
    spans: list[PlaceSpan] = []
    for start, end, kind, value in wide:
        if not taken & set(range(start, end)):
            first = _lead(typed, start, taken)
            taken |= set(range(first, end))
            spans.append(PlaceSpan(first, end, chip(kind, value, _raw(typed[first:end]))))
    for one in local:
        first = _lead(typed, one.start, taken)
        taken |= set(range(first, one.start))
        spans.append(_local(typed, first, one))
    return sorted(spans, key=lambda span: span.start)


def _local(typed: Sequence[Token], first: int, one: LocalSpan) -> PlaceSpan:
    communes = tuple(sorted({code for place in one.places for code in place.communes}))
    value = "+".join(place.code for place in one.places)
    named = chip(one.places[0].kind, value, _raw(typed[first : one.end]))
    return PlaceSpan(first, one.end, named, _name(typed, one), communes, one.sure)


def _name(typed: Sequence[Token], one: LocalSpan) -> tuple[Token, ...]:
    """The name that texts have: with its kind where it says too little alone ("Vinh") or names a province ("huyện
    Quảng Ninh"), and not a nickname ("Sapa")."""
    words, own = typed[one.name : one.end], one.places[0].name
    if join(words) != join(own):
        return own
    return tuple(typed[one.start : one.end] if len(words) == 1 or _named_in(join(words)) else words)


def _wide(typed: Sequence[Token]) -> list[tuple[int, int, str, str]]:
    """Regions and provinces: words, kind and value."""
    found: list[tuple[int, int, str, str]] = []
    taken: set[int] = set()
    for start, end, kind, value in [*_regions(typed), *_spellings(typed), *_provinces(typed), *_lone(typed)]:
        if not taken & set(range(start, end)):
            taken |= set(range(start, end))
            found.append((start, end, kind, value))
    return found


def _lead(typed: Sequence[Token], start: int, taken: Container[int]) -> int:
    """Where the words before a place that belong to it begin."""
    while start and typed[start - 1].folded in _LEAD and start - 1 not in taken:
        start -= 1
    if start > 1 and [t.accented for t in typed[start - 2 : start]] in _CITY and start - 2 not in taken:
        start -= 2
    return start


def _raw(words: Sequence[Token]) -> str:
    return " ".join(token.raw for token in words)


def _regions(typed: Sequence[Token]) -> list[tuple[int, int, str, str]]:
    return [(s, e, "region", _region_names()[key]) for s, e, key in _spans(typed, _region_names())]


def _spellings(typed: Sequence[Token]) -> list[tuple[int, int, str, str]]:
    return [(start, end, *_SPELLINGS[key]) for start, end, key in _spans(typed, _SPELLINGS)]


def _provinces(typed: Sequence[Token]) -> list[tuple[int, int, str, str]]:
    found = []
    for place in _named_in(join(typed)):
        part = typed[place.start : place.end]
        if _accents_agree(part, place.province_code, place.old_province_code):
            found.append((place.start, place.end, *_kind(place.province_code, place.old_province_code)))
    return found


@lru_cache(maxsize=4096)
def _named_in(words: str) -> tuple[PlaceMatch, ...]:
    return tuple(find_places(words))


def _lone(typed: Sequence[Token]) -> list[tuple[int, int, str, str]]:
    return [(i, i + 1, "province", _LONE_NAMES[t.accented]) for i, t in enumerate(typed) if t.accented in _LONE_NAMES]


def _kind(code: str, old: str) -> tuple[str, str]:
    return ("old_province", old) if old else ("province", code)


def _accents_agree(part: Sequence[Token], code: str, old: str) -> bool:
    """ "Cá mau" is no Cà Mau: where accents were typed they must be the place's own."""
    name = places().old_provinces[old].short if old else province(code).short
    own = tokens(name)
    if [t.folded for t in own] != [t.folded for t in part]:  # another name of the place, such as Sài Gòn
        return True
    return all(not typed.has_accents or typed.accented == t.accented for typed, t in zip(part, own, strict=True))


def _spans(typed: Sequence[Token], names: Container[str]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for length in range(min(_LONGEST, len(typed)), 0, -1):
        keys = ((start, join(typed[start : start + length])) for start in range(len(typed) - length + 1))
        found += [(start, start + length, key) for start, key in keys if key in names]
    return found


@lru_cache(maxsize=1)
def _region_names() -> dict[str, str]:
    return {" ".join(t.folded for t in tokens(r.name_vi)): r.slug for r in REGIONS} | _REGION_NAMES


@lru_cache(maxsize=1)
def names_of_today() -> dict[str, str]:
    """Folded short names of today's provinces, with their codes."""
    return {_folded(p.short): p.code for p in places().provinces.values()}


def is_name_of_today(old_code: str) -> bool:
    """Is the old province's name that of a province of today too? Then the name stands for today's."""
    return _folded(places().old_provinces[old_code].short) in names_of_today()


def named(text: str) -> Chip | None:
    """The province that a text as a whole stands for: a code or a name, of today or of before; None if it is none."""
    table, text = places(), text.strip()
    if text in table.provinces:
        return chip("province", text)
    if text in table.old_provinces:
        return chip("old_province", text)
    words = _folded(text)
    for kind in ("tinh ", "thanh pho ", "tp "):
        words = words.removeprefix(kind)
    if words in names_of_today():
        return chip("province", names_of_today()[words])
    typed = tokens(words)
    whole = [span.chip for span in find(typed) if (span.start, span.end) == (0, len(typed))]
    return next((found for found in whole if found.kind != "region"), None)


def _folded(text: str) -> str:
    return join(tokens(text))
