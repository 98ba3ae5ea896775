"""Places below the province, as people name them: old districts, communes of today, communes of before 1 July 2025."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from catalog.regions.places import OldCommune, Places, places, short_name
from catalog.search.tokens import Token, join, tokens

DISTRICT, COMMUNE, OLD_COMMUNE = "old_district", "commune", "old_commune"
DISTRICT_KINDS: Final = {
    "huyện": "huyện", "h": "huyện", "quận": "quận", "q": "quận", "thị xã": "thị xã", "tx": "thị xã",
    "thành phố": "thành phố", "tp": "thành phố",
}  # fmt: skip
COMMUNE_KINDS: Final = {
    "xã": "xã", "phường": "phường", "p": "phường", "thị trấn": "thị trấn", "tt": "thị trấn", "đặc khu": "đặc khu",
}  # fmt: skip
_LONGEST: Final = 5  # words of a name
_OTHER_NAMES: Final = {"sapa": "sa pa", "buon me thuot": "buon ma thuot", "ban me thuot": "buon ma thuot",
                       "phan rang": "phan rang thap cham"}  # fmt: skip
_SAME: Final = dict.fromkeys(("đăk", "đak"), "đắk")


@dataclass(frozen=True, slots=True)
class LocalName:
    """A place that may be meant; `communes` are those of today that it is or went into, `districts` old ones it was of.

    `form` is its kind in Vietnamese, small ("huyện").
    """

    kind: str
    code: str
    name: tuple[Token, ...]
    form: str
    province: str
    old_provinces: tuple[str, ...]
    communes: tuple[str, ...]
    districts: frozenset[str] = frozenset()

    def lies_in(self, provinces: Iterable[str], olds: Iterable[str]) -> bool:
        """In one of these provinces, of today or of before?"""
        return self.province in provinces or not set(self.old_provinces).isdisjoint(olds)

    def is_written(self, typed: Sequence[Token]) -> bool:
        """Do the accents agree? They do where none were typed; once one was, all count: "cam Mỹ" is no Cẩm Mỹ."""
        if not any(token.has_accents for token in typed):
            return True
        if [t.folded for t in typed] != [t.folded for t in self.name]:  # another name of it
            return True
        return [_same(t) for t in typed] == [_same(t) for t in self.name]


Found = tuple[int, int, list[LocalName]]  # words `start` … `end` (excluded) that are a name of these


def districts(typed: Sequence[Token]) -> list[Found]:
    """Old districts' names among the words, the longest first."""
    return _named(_districts(), typed)


def communes(typed: Sequence[Token]) -> list[Found]:
    """Communes' names, of today and of before, the longest first."""
    return _named(_communes(), typed)


def one_place(found: Sequence[LocalName], *, told: bool) -> tuple[LocalName, ...]:
    """The place that these names stand for: one, or a town and the country around it; nothing for places apart.

    A commune of today goes before those of before of which it alone was made, and before all others of its name where
    its province was told.
    """
    if len(found) > 1 and found[0].kind == DISTRICT:
        return tuple(found) if len({one.old_provinces for one in found}) == 1 else ()
    today = [one for one in found if one.kind == COMMUNE]
    if len(today) == 1 and (told or all(one.communes == today[0].communes for one in found)):
        return (today[0],)
    return tuple(found) if len(found) == 1 else ()


def _named(table: dict[str, list[LocalName]], typed: Sequence[Token]) -> list[Found]:
    found: list[Found] = []
    words = [token.folded for token in typed]
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            key = " ".join(words[start : start + length])
            if named := table.get(key) or table.get(_OTHER_NAMES.get(key, "")):
                part = typed[start : start + length]
                found.append((start, start + length, [one for one in named if one.is_written(part)]))
    return [one for one in found if one[2]]


def _same(token: Token) -> str:
    return _SAME.get(token.accented, token.accented)


@lru_cache(maxsize=1)
def _districts() -> dict[str, list[LocalName]]:
    table, found = places(), defaultdict(list)
    for one in table.old_districts.values():
        old = table.old_provinces[one.old_province_code]
        name, form = tuple(tokens(one.short)), _form(one.name, one.short)
        found[join(name)].append(
            LocalName(DISTRICT, one.code, name, form, old.province_code, (old.code,), one.commune_codes)
        )
    return found


@lru_cache(maxsize=1)
def _communes() -> dict[str, list[LocalName]]:
    table, found = places(), defaultdict(list)
    parts = _parts(table)
    for one in table.communes.values():
        short = short_name(one.name)
        name, form = tuple(tokens(short)), _form(one.name, short)
        found[join(name)].append(
            LocalName(COMMUNE, one.code, name, form, one.province_code, one.old_province_codes, (one.code,),
                      frozenset(parts[one.code]))
        )  # fmt: skip
    for former in table.old_communes:
        if former.name:
            made = _former(table, former)
            found[join(made.name)].append(made)
    return found


def _former(table: Places, one: OldCommune) -> LocalName:
    short = short_name(one.name)
    now = table.old_provinces[one.province_code].province_code
    return LocalName(OLD_COMMUNE, one.code, tuple(tokens(short)), _form(one.name, short), now, (one.province_code,),
                     one.new_codes, frozenset({one.district_code}))  # fmt: skip


def _parts(table: Places) -> dict[str, set[str]]:
    """Commune of today → the old districts that it was made of."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in table.old_districts.values():
        for commune in one.commune_codes:
            found[commune].add(one.code)
    return found


def _form(name: str, short: str) -> str:
    return name.removesuffix(short).strip().lower() or name.split(maxsplit=1)[0].lower()
