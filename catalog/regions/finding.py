"""Place words inside a search query."""

from dataclasses import dataclass
from functools import lru_cache

from catalog.regions.places import places
from catalog.text import words


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """Words `start` … `end` (excluded) of the folded query name this place; `old_province_code` for an old name."""

    province_code: str
    old_province_code: str
    start: int
    end: int


def find_places(query: str) -> list[PlaceMatch]:
    """Provinces, old and new, that a query names without doubt, longest names first.

    Of two that share a word the later counts: in "Lộc Ninh, Bình Phước" that is Bình Phước, and nothing is Ninh Bình.
    """
    tokens, names = words(query), _names()
    found: list[PlaceMatch] = []
    taken: set[int] = set()
    for length in (4, 3, 2):
        for start in reversed(range(len(tokens) - length + 1)):
            span = range(start, start + length)
            if (place := names.get(tuple(tokens[start : start + length]))) and not taken & set(span):
                found.append(PlaceMatch(*place, start, start + length))
                taken |= set(span)
    return found


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, ...], tuple[str, str]]:
    """Folded names → (code of today, old code or ""); today's name wins where both bear it."""
    table = places()
    names = {tuple(words(p.short)): (p.province_code, p.code) for p in table.old_provinces.values()}
    names |= {tuple(words(p.short)): (p.code, "") for p in table.provinces.values()}
    names[("sai", "gon")] = (table.old_provinces["79"].province_code, "79")
    return names
