"""Places: provinces, communes, programme regions, what they were before 1 July 2025, and reading them out of texts."""

from catalog.regions.finding import PlaceMatch, find_places
from catalog.regions.places import REGIONS, Commune, OldProvince, Province, Region, places
from catalog.regions.resolving import Resolution, find_province, prepare, resolve

__all__ = [
    "REGIONS", "Commune", "OldProvince", "PlaceMatch", "Province", "Region", "Resolution", "commune", "communes",
    "find_places", "find_province", "old_provinces", "prepare", "province", "provinces", "regions", "resolve",
]  # fmt: skip


def provinces() -> list[Province]:
    """Today's 34, by code."""
    return list(places().provinces.values())


def province(code: str) -> Province:
    """A province by its code. Raises KeyError."""
    return places().provinces[code]


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
