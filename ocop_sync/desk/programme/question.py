"""What the dashboard is asked about: a region, a province, a star; the same for every table, plot and export."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.db.models import Q

from catalog.regions import Province, old_provinces, provinces, regions
from catalog.regions.places import places

STARS = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class Question:
    """`region`: a slug; `province`: a code of today; `star`: 3 to 5; empty and None ask for all.

    `ignored`: the values in the address that are no region, province or star.
    """

    region: str = ""
    province: str = ""
    star: int | None = None
    ignored: tuple[str, ...] = ()

    def products(self) -> Q:
        """The condition on products."""
        asked = {"region": self.region, "province_code": self.province, "star": self.star}
        return Q(**{name: value for name, value in asked.items() if value})

    def records(self) -> Q:
        """The condition on source records, which know their region by their commune or their province alone."""
        asked = {"province_code": self.province, "star": self.star}
        found = Q(**{name: value for name, value in asked.items() if value})
        return found & _in_region(self.region) if self.region else found

    def provinces(self) -> list[Province]:
        """Today's provinces that have something to do with it, by name."""
        wide = _provinces_of(self.region) if self.region else {one.code for one in provinces()}
        chosen = wide & {self.province} if self.province else wide
        return sorted((one for one in provinces() if one.code in chosen), key=lambda one: one.slug)

    @property
    def address(self) -> str:
        """The part of an address behind "?" that asks this again; empty for everything."""
        asked = {"vung": self.region, "tinh": self.province, "sao": self.star}
        return urlencode({name: value for name, value in asked.items() if value})


def read(asked: Mapping[str, str]) -> Question:
    """From `vung`, `tinh` and `sao` in an address."""
    known = {
        "vung": {one.slug for one in regions()},
        "tinh": {one.code for one in provinces()},
        "sao": {str(star) for star in STARS},
    }
    given = {name: asked.get(name, "") for name in known}
    right = {name: value if value in known[name] else "" for name, value in given.items()}
    ignored = tuple(value for name, value in given.items() if value and not right[name])
    return Question(right["vung"], right["tinh"], int(right["sao"]) if right["sao"] else None, ignored)


@lru_cache(maxsize=8)
def _provinces_of(region: str) -> frozenset[str]:
    return frozenset(old.province_code for old in old_provinces() if old.region == region)


@lru_cache(maxsize=8)
def _in_region(region: str) -> Q:
    """By its commune; without one by its province, where that lies in this region alone."""
    inside = {old.code for old in old_provinces() if old.region == region}
    shared = {old.province_code for old in old_provinces() if old.region != region}
    communes = sorted(one.code for one in places().communes.values() if inside & set(one.old_province_codes))
    whole = sorted(_provinces_of(region) - shared)
    return Q(commune_code__in=communes) | Q(commune_code="", province_code__in=whole)
