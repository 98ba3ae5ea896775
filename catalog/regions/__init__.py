"""Places: provinces, communes, programme regions, what they were before 1 July 2025, and reading them out of texts."""

from catalog.regions.finding import PlaceMatch, find_places
from catalog.regions.places import REGIONS, Commune, OldProvince, Province, Region, places
from catalog.regions.resolving import Resolution, find_province, prepare, resolve

__all__ = [
    "REGIONS", "Commune", "OldProvince", "PlaceMatch", "Province", "Region", "Resolution", "commune", "communes",
    "find_places", "find_province", "merged_into", "old_provinces", "prepare", "province", "province_named",
    "provinces", "regions", "regions_of", "resolve",
]  # fmt: skip


def provinces() -> list[Province]:
    """Today's 34, by code."""
    return list(places().provinces.values())


def province(code: str) -> Province:
    """A province by its code. Raises KeyError."""
    return places().provinces[code]


def province_named(slug: str) -> Province | None:
    """The province of today with this slug, or None."""
    return next((one for one in provinces() if one.slug == slug), None)


def merged_into(province_code: str) -> list[OldProvince]:
    """The old provinces that a province of today was made of, by code; a single one means that it never changed."""
    return [old for old in old_provinces() if old.province_code == province_code]


def regions_of(province_code: str) -> list[Region]:
    """The programme's regions that a province of today lies in, in the programme's order: often more than one."""
    slugs = {old.region for old in merged_into(province_code)}
    return [region for region in REGIONS if region.slug in slugs]


def communes(province_code: str) -> list[Commune]:
    """The communes of a province, by name."""
    return sorted((c for c in places().communes.values() if c.province_code == province_code), key=lambda c: c.name)


def commune(code: str) -> Commune:
    """A commune by its code. Raises KeyError."""
    return places().communes[code]


def old_provinces() -> list[OldProvince]:
    """The 63 of before 1 July 2025, by code."""
    return list(places().old_provinces.values())


def regions() -> tuple[Region, ...]:
    """The programme's seven."""
    return REGIONS
