"""What a place in a query is called, in both languages."""

from typing import Final

from catalog.regions import REGIONS, commune, province
from catalog.regions.places import OldCommune, OldDistrict, places
from catalog.search.query import Chip

_FORMS_EN: Final = {"huyện": "district", "quận": "urban district", "thị xã": "town", "thành phố": "city"}


def chip(kind: str, value: str, words: str = "") -> Chip:
    """A filter by place with its labels. Raises KeyError for a place that does not exist."""
    if kind == "region":
        region = next(r for r in REGIONS if r.slug == value)
        return Chip(kind, value, region.name_vi, region.name_en, words)
    if kind == "province":
        name = province(value).short
        return Chip(kind, value, name, name, words)
    if kind == "old_district":
        return Chip(kind, value, *_districts([places().old_districts[code] for code in value.split("+")]), words)
    if kind == "commune":
        name = f"{commune(value).name}, {province(commune(value).province_code).short}"
        return Chip(kind, value, name, name, words)
    if kind == "old_commune":
        return Chip(kind, value, *_old_commune(places().old_communes_by_code[value]), words)
    return Chip(kind, value, *_old_province(value), words)


def _old_province(code: str) -> tuple[str, str]:
    old = places().old_provinces[code]
    now = province(old.province_code).short
    if old.short == now:
        return f"{old.short} (trước sáp nhập)", f"{old.short} (before the merger)"
    return f"{old.short} (nay thuộc {now})", f"{old.short} (now in {now})"


def _districts(found: list[OldDistrict]) -> tuple[str, str]:
    """ "Huyện Lai Vung cũ (nay thuộc Đồng Tháp)"; "Thành phố và huyện Cao Lãnh cũ (…)"."""
    short, now = found[0].short, province(places().old_provinces[found[0].old_province_code].province_code).short
    forms = sorted({one.name.removesuffix(short).strip().lower() for one in found} - {""}, reverse=True)
    vi = f"{' và '.join(forms)} {short}".strip()
    en = f"{short} {' and '.join(_FORMS_EN[form] for form in forms)}".strip()
    return f"{vi[0].upper()}{vi[1:]} cũ (nay thuộc {now})", f"Former {en} (now in {now})"


def _old_commune(one: OldCommune) -> tuple[str, str]:
    where = province(places().old_provinces[one.province_code].province_code).short
    if len(one.new_codes) == 1:
        now = commune(one.new_codes[0]).name
        now = f"{now[0].lower()}{now[1:]}, {where}"
        return f"{one.name} cũ (nay thuộc {now})", f"Former {one.name} (now in {now})"
    return f"{one.name} cũ (nay thuộc {where})", f"Former {one.name} (now in {where})"
