"""From an address as somebody wrote it to codes, or to the candidates that the text cannot choose between."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from catalog.regions.places import REGIONS, OldCommune, places, short_name
from catalog.text import even, fold, remembered

_COMMUNE_KINDS = r"(?:xã|phường|thị trấn|đặc khu|xa|phuong|thi tran|dac khu|tt\.?|p\.|x\.)"
_DISTRICT_KINDS = r"(?:huyện|quận|thị xã|thành phố|huyen|quan|thi xa|thanh pho|tx\.?|tp\.?|h\.|q\.)"
_SPLIT = re.compile(r"[,;]|\s[-–]\s(?=(?:xã|phường|thị trấn|huyện|tỉnh|tp|thành phố)\b)", re.IGNORECASE)
_PREFIX = re.compile(rf"^({_COMMUNE_KINDS}|{_DISTRICT_KINDS}|tỉnh|tinh|t\.)\s*", re.IGNORECASE)
_COMMUNE, _DISTRICT = (re.compile(rf"{kinds}(?=\s|\d)", re.IGNORECASE) for kinds in (_COMMUNE_KINDS, _DISTRICT_KINDS))
_PROVINCE_KIND = re.compile(r"tỉnh|tinh|thành phố|tp", re.IGNORECASE)
_LONGEST_NAME, _MOST_DISTRICTS = 100, 9  # of an address; what is longer is none
_ALIASES = {"sai gon": "79", "tphcm": "79", "tp hcm": "79", "hcm": "79", "thua thien hue": "46", "brvt": "77"}


Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Resolution:
    """`problem` is None, "unknown_place" or "ambiguous_place"; `candidates` are commune codes of today."""

    province_code: str = ""
    commune_code: str = ""
    old_province_code: str = ""
    region: str = ""
    candidates: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Names:
    """Province names, by folded name: codes of today's provinces and of old ones."""

    today: dict[str, str]
    old: dict[str, str]


def resolve(text: str, province_hint: str | None = None, *, commune: str | None = None) -> Resolution:
    """The place that an address names. `province_hint` (a code or a name, old or new) counts where the text has none.

    A split old commune, or a district or city alone, is known to the province only, but for an island district that
    had no communes. Accents count where typed, and so does the kind where one district had a xã and a thị trấn of the
    same name.
    """
    segments = [part.strip() for part in _SPLIT.split(text) if part.strip()]
    province, old, used = _province(segments, province_hint)
    if not province:
        return Resolution(problem="unknown_place")
    rest = [part for i, part in enumerate(segments) if i != used]
    named = commune.strip() if commune else ""
    named = named or next((part for part in rest if _COMMUNE.match(part)), "")
    districts = tuple(part for part in rest if len(part) <= _LONGEST_NAME and _DISTRICT.match(part))[:_MOST_DISTRICTS]
    if not named:
        island = next((one for part in districts if (one := _island(province, part))), None)
        return _known(island, old) if island else _known_to_province(province, old)
    return _commune(named, province, old, districts)


def prepare() -> None:
    """Build the tables that `resolve` asks, a tenth of a second's work, before they are needed."""
    _names()
    _by_name()
    _islands()


def find_province(text: str) -> str:
    """The code of today's province that a name (old or new, with or without its kind) stands for, or ""."""
    code, _ = _named_province(text)
    return code


@lru_cache(maxsize=1)
def _names() -> _Names:
    table = places()
    return _Names(
        {fold(p.short): p.code for p in table.provinces.values()},
        {fold(p.short): p.code for p in table.old_provinces.values()},
    )


@remembered(8192)
def _named_province(text: str) -> tuple[str, str]:
    """(code of today, code of the old province or "") for a name; an old name that is also today's stays open."""
    words = fold(re.sub(r"^(tỉnh|tinh|thành phố|thanh pho|tp\.?|t\.)\s*", "", text.strip(), flags=re.IGNORECASE))
    words = re.sub(r" (cu|viet nam)$", "", words)
    if alias := _ALIASES.get(words):
        return places().old_provinces[alias].province_code, alias
    today, old = _names().today.get(words, ""), _names().old.get(words, "")
    if today:
        return today, ""
    return (places().old_provinces[old].province_code, old) if old else ("", "")


def _province(segments: list[str], hint: str | None) -> tuple[str, str, int]:
    table = places()
    for index in range(len(segments) - 1, -1, -1):
        if _COMMUNE.match(segments[index]):
            continue
        if index == 0 and len(segments) > 1 and not _PROVINCE_KIND.match(segments[0]):
            continue
        code, old = _named_province(segments[index])
        if code and not (hint and _DISTRICT.match(segments[index]) and not _agrees(code, hint)):
            return code, old, index
    if hint:
        if hint in table.provinces:
            return hint, "", -1
        code, old = _named_province(hint)
        return code, old, -1
    return "", "", -1


def _agrees(code: str, hint: str) -> bool:
    return hint == code or _named_province(hint)[0] == code


def _known_to_province(
    province: str, old: str, candidates: Iterable[str] = (), problem: str | None = None
) -> Resolution:
    table = places()
    olds = [o for o in table.old_provinces.values() if o.province_code == province]
    old = old or (olds[0].code if len(olds) == 1 else "")
    regions = {table.old_provinces[old].region} if old else {o.region for o in olds}
    region = regions.pop() if len(regions) == 1 else ""
    return Resolution(province, "", old, region, tuple(sorted(set(candidates))), problem)


def _known(code: str, old: str) -> Resolution:
    commune = places().communes[code]
    if not old and len(commune.old_province_codes) == 1:
        old = commune.old_province_codes[0]
    region = next((r.slug for r in REGIONS if old in r.old_provinces), "")
    if not region:
        region = _known_to_province(commune.province_code, old).region
    return Resolution(commune.province_code, code, old, region, (code,))


@lru_cache(maxsize=1)
def _by_name() -> tuple[dict[tuple[str, str], list[str]], dict[tuple[str, str], list[OldCommune]]]:
    """Communes by (province of today, folded short name): today's codes, and the old communes."""
    table = places()
    today: dict[tuple[str, str], list[str]] = defaultdict(list)
    old: dict[tuple[str, str], list[OldCommune]] = defaultdict(list)
    for one in table.communes.values():
        today[one.province_code, fold(short_name(one.name))].append(one.code)
    for former in table.old_communes:
        if former.name:
            old[table.old_provinces[former.province_code].province_code, _key(former.name)].append(former)
    return today, old


@lru_cache(maxsize=1)
def _islands() -> dict[tuple[str, str], str]:
    """Districts without communes, by (province of today, folded short name) → the commune that they became."""
    table = places()
    return {
        (table.old_provinces[one.province_code].province_code, _key(one.district)): one.new_codes[0]
        for one in table.old_communes
        if not one.name
    }


def _island(province: str, district: str) -> str | None:
    code = _islands().get((province, _key(district)))
    return code if code and _accented([code], district, lambda c: places().communes[c].name) else None


def _key(name: str) -> str:
    words = fold(_PREFIX.sub("", name.strip()))
    return f"phuong {int(words)}" if words.isdecimal() else words


@remembered(8192)
def _commune(named: str, province: str, old: str, districts: tuple[str, ...]) -> Resolution:
    today_all, former_all = _by_name()
    key = _key(named)
    today = _accented(today_all.get((province, key), []), named, lambda code: places().communes[code].name)
    former = _accented(former_all.get((province, key), []), named, lambda one: one.name)
    if old:
        former = [one for one in former if one.province_code == old]
    in_district = [one for one in former if any(_same(one.district, part) for part in districts)]
    if in_district:
        return _from_former(province, old, _of_kind(in_district, named))
    if today and (not old or not former):
        kept = [code for code in today if not old or old in places().communes[code].old_province_codes] or today
        if len(kept) == 1:
            return _known(kept[0], old)
        return _known_to_province(province, old, kept, "ambiguous_place")
    if former:
        return _from_former(province, old, former)
    return _known_to_province(province, old, problem="unknown_place" if _COMMUNE.match(named) or key else None)


def _from_former(province: str, old: str, former: list[OldCommune]) -> Resolution:
    codes = {code for one in former for code in one.new_codes}
    old = old or (former[0].province_code if len({one.province_code for one in former}) == 1 else "")
    if len(codes) == 1:
        return _known(codes.pop(), old)
    several = len({(one.province_code, one.district, one.code) for one in former}) > 1
    return _known_to_province(province, old, codes, "ambiguous_place" if several else None)


def _of_kind(found: list[OldCommune], named: str) -> list[OldCommune]:
    """Those of the kind that was typed, if there are any; "TT." and "thị trấn" are one."""
    kind = _kind(named)
    return [one for one in found if _kind(one.name) == kind] or found


def _kind(name: str) -> str:
    word = _PREFIX.match(name.strip())
    folded = fold(word[1]).replace(".", "").strip() if word else ""
    return {"tt": "thi tran", "p": "phuong", "x": "xa"}.get(folded, folded)


def _same(district: str, part: str) -> bool:
    return fold(_PREFIX.sub("", district)) == fold(_PREFIX.sub("", part))


def _accented(found: list[Found], named: str, name_of: Callable[[Found], str]) -> list[Found]:
    """Where accents were typed, only names with those accents; twins such as Sơn Hà / Sơn Hạ never merge."""
    if even(named) == fold(named):
        return list(found)
    typed = even(_PREFIX.sub("", named))
    return [
        one for one in found if even(_PREFIX.sub("", name_of(one))) == typed or _key(name_of(one)).startswith("phuong ")
    ]
