"""The places of Vietnam, loaded once: 34 provinces, 3,321 communes, and what they were: 63, 696 districts, 10,040."""

import gzip
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from catalog.text import fold

_TABLE = Path(__file__).parent / "data" / "places.tsv.gz"
_KIND = re.compile(r"^(Tỉnh|Thành phố|Xã|Phường|Thị trấn|Đặc khu|Huyện|Quận|Thị xã) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """One of the seven regions that the programme reports by; it follows the old province."""

    slug: str
    name_vi: str
    name_en: str
    old_provinces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """A province of today; `name` with its kind ("Tỉnh Lâm Đồng"), `short` without."""

    code: str
    name: str
    short: str
    slug: str


@dataclass(frozen=True, slots=True)
class OldProvince:
    """A province as it was before 1 July 2025, and the one that it belongs to now."""

    code: str
    name: str
    short: str
    slug: str
    province_code: str
    region: str


@dataclass(frozen=True, slots=True)
class OldDistrict:
    """A district as it was (huyện, quận, thị xã, thành phố), and the communes of today that it went into.

    A commune of today that has whole communes of other districts, and of this one only a strip, is not counted.
    """

    code: str
    name: str
    short: str
    old_province_code: str
    commune_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today, with the old provinces that it was made of."""

    code: str
    name: str
    province_code: str
    old_province_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune as it was; more than one entry in `new_codes` means that it was split."""

    province_code: str
    district: str
    district_code: str
    code: str
    name: str
    new_codes: tuple[str, ...]


REGIONS = (
    Region("mien-nui-phia-bac", "Miền núi phía Bắc", "Northern mountains",
           ("02", "04", "06", "08", "10", "11", "12", "14", "15", "17", "19", "20", "24", "25")),
    Region("dong-bang-song-hong", "Đồng bằng sông Hồng", "Red River delta",
           ("01", "22", "26", "27", "30", "31", "33", "34", "35", "36", "37")),
    Region("bac-trung-bo", "Bắc Trung Bộ", "North central coast", ("38", "40", "42", "44", "45", "46")),
    Region("duyen-hai-nam-trung-bo", "Duyên hải Nam Trung Bộ", "South central coast",
           ("48", "49", "51", "52", "54", "56", "58", "60")),
    Region("tay-nguyen", "Tây Nguyên", "Central highlands", ("62", "64", "66", "67", "68")),
    Region("dong-nam-bo", "Đông Nam Bộ", "Southeast", ("70", "72", "74", "75", "77", "79")),
    Region("dong-bang-song-cuu-long", "Đồng bằng sông Cửu Long", "Mekong delta",
           ("80", "82", "83", "84", "86", "87", "89", "91", "92", "93", "94", "95", "96")),
)  # fmt: skip


@dataclass
class Places:
    """All of it; dictionaries by code."""

    provinces: dict[str, Province] = field(default_factory=dict)
    old_provinces: dict[str, OldProvince] = field(default_factory=dict)
    old_districts: dict[str, OldDistrict] = field(default_factory=dict)
    communes: dict[str, Commune] = field(default_factory=dict)
    old_communes: list[OldCommune] = field(default_factory=list)

    @cached_property
    def old_communes_by_code(self) -> dict[str, OldCommune]:
        """Those that had a name; an island district had none."""
        return {one.code: one for one in self.old_communes if one.name}


def short_name(name: str) -> str:
    """A name without its kind: "Tỉnh Lâm Đồng" → "Lâm Đồng"; "Phường 7" keeps its number's word."""
    rest = _KIND.sub("", name)
    return name if rest.isdecimal() else rest


@lru_cache(maxsize=1)
def places() -> Places:
    """The table, read once a process."""
    rows = [line.split("\t") for line in gzip.decompress(_TABLE.read_bytes()).decode().split("\n")]
    found = Places()
    region_of = {code: region.slug for region in REGIONS for code in region.old_provinces}
    for _, code, name in (row for row in rows if row[0] == "P"):
        short = short_name(name)
        found.provinces[code] = Province(code, name, short, fold(short).replace(" ", "-"))
    for _, code, name, new in (row for row in rows if row[0] == "O"):
        short = short_name(name)
        slug = fold(short).replace(" ", "-")
        found.old_provinces[code] = OldProvince(code, name, short, slug, new, region_of[code])
    old = [row[1:] for row in rows if row[0] == "W"]
    districts = {code: (name, province) for _, code, name, province in (row for row in rows if row[0] == "D")}
    came_from: dict[str, set[str]] = defaultdict(set)
    made: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for district, code, name, new, _kind in old:
        came_from[new].add(districts[district][1])
        made[district, code, name].append(new)
    for _, code, name, province in (row for row in rows if row[0] == "C"):
        found.communes[code] = Commune(code, name, province, tuple(sorted(came_from[code])))
    found.old_communes = [
        OldCommune(districts[d][1], districts[d][0], d, c, n, tuple(new)) for (d, c, n), new in made.items()
    ]
    went_into = _went_into(old)
    for code, (name, province) in districts.items():
        found.old_districts[code] = OldDistrict(code, _even(name), short_name(name), province, went_into[code])
    return found


def _even(name: str) -> str:
    """ "Thị Xã Buôn Hồ", as the list has a few, as "Thị xã Buôn Hồ"."""
    return _KIND.sub(lambda kind: kind[0].capitalize(), name)


def _went_into(old: list[list[str]]) -> dict[str, tuple[str, ...]]:
    """Old district → communes of today; a strip of a commune that was put together elsewhere is no part of it."""
    whole: dict[str, set[str]] = defaultdict(set)  # commune of today → districts of which it has whole communes
    for district, _code, _name, new, kind in old:
        if kind == "whole":
            whole[new].add(district)
    found: dict[str, set[str]] = defaultdict(set)
    for district, _code, _name, new, _kind in old:
        if district in whole[new] or not whole[new]:
            found[district].add(new)
    return {district: tuple(sorted(communes)) for district, communes in found.items()}
