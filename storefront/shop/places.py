"""The places that a list is narrowed to: what they are called, and which province there is to tell about."""

from django.http import QueryDict

from catalog.regions import Province, commune, province
from catalog.regions.places import places
from catalog.search.place_words import chip
from catalog.search.query import SearchPage, SearchQuery

UNLISTED = ("tinh-cu", "xa")  # filters that no facet shows: they come by links, and go by their chips
_LONGEST = 40


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
    codes |= {table.old_provinces[code].province_code for code in olds}
    return province(codes.pop()) if len(codes) == 1 else None


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


def _labels(key: str, value: str) -> tuple[str, str]:
    table = places()
    if key == "tinh-cu" and value in table.old_provinces:
        named = chip("old_province", value)
        return named.label_vi, named.label_en
    name = commune(value).name if key == "xa" and value in table.communes else value[:_LONGEST]
    return name, name
