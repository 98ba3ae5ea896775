"""The places that a list is narrowed to: what they are called, and which province there is to tell about."""

from dataclasses import dataclass

from django.http import QueryDict

from catalog.regions import Commune, Province, commune, province
from catalog.regions.places import places
from catalog.search.chips import chip
from catalog.search.query import Chip, SearchPage, SearchQuery

UNLISTED = ("tinh-cu", "xa")  # filters that no facet shows: they come by links, and go by their chips
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Former:
    """A place of before 1 July 2025, `name` with its kind, and the communes of today that it went into."""

    name: str
    communes: list[Commune]
    province: Province


def chips(get: QueryDict) -> list[tuple[str, str, str, str]]:
    """(the address's name, value, label_vi, label_en) of each filter of `UNLISTED` that is on."""
    return [(key, value, *_labels(key, value)) for key in UNLISTED for value in get.getlist(key) if value]


def about(query: SearchQuery, page: SearchPage) -> Province | None:
    """The one province of today that the list is about, by its filters and its words; None for none or several."""
    table = places()
    codes = {code for code in query.province if code in table.provinces}
    olds = {code for code in query.old_province if code in table.old_provinces}
    codes |= {one.value for one in page.chips if one.kind == "province"}
    olds |= {one.value for one in page.chips if one.kind == "old_province"}
    codes |= {one.province.code for one in formers(page)}
    codes |= {commune(one.value).province_code for one in page.chips if one.kind == "commune"}
    codes |= {table.old_provinces[code].province_code for code in olds}
    return province(codes.pop()) if len(codes) == 1 else None


def formers(page: SearchPage) -> list[Former]:
    """The old districts and communes among the words, and what they are now."""
    return [_former(one) for one in page.chips if one.kind in ("old_district", "old_commune")]


def heading(query: SearchQuery) -> tuple[str, str] | None:
    """The one place that filters narrow the list to, in both languages; None for none or several."""
    table = places()
    if len(query.commune) == 1 and query.commune[0] in table.communes:
        found = commune(query.commune[0])
        name = f"{found.name[0].lower()}{found.name[1:]}, {province(found.province_code).short}"
        return name, name
    chosen = [("province", code) for code in query.province if code in table.provinces]
    chosen += [("old_province", code) for code in query.old_province if code in table.old_provinces]
    if len(chosen) != 1:
        return None
    named = chip(*chosen[0])
    return named.label_vi, named.label_en


def _former(one: Chip) -> Former:
    table = places()
    if one.kind == "old_commune":
        old = table.old_communes_by_code[one.value]
        name, codes = old.name, set(old.new_codes)
    else:
        districts = [table.old_districts[code] for code in one.value.split("+")]
        name = " + ".join(district.name for district in districts)
        codes = {code for district in districts for code in district.commune_codes}
    communes = sorted(map(commune, codes), key=lambda place: place.name)
    return Former(name, communes, province(communes[0].province_code))


def _labels(key: str, value: str) -> tuple[str, str]:
    table = places()
    if key == "tinh-cu" and value in table.old_provinces:
        named = chip("old_province", value)
        return named.label_vi, named.label_en
    name = commune(value).name if key == "xa" and value in table.communes else value[:_LONGEST]
    return name, name
