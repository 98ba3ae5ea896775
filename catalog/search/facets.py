"""From an engine's counts to facet values with their names."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from catalog.producers.models import ProducerKind
from catalog.products.sets import BRANCHES
from catalog.regions import REGIONS
from catalog.regions.places import places
from catalog.search import codes
from catalog.search.query import FacetValue, SearchQuery

_KINDS_EN: Final = {
    "cooperative": "Cooperative",
    "cooperative_group": "Cooperative group",
    "enterprise": "Enterprise",
    "farm": "Farm",
    "household": "Household business",
    "association": "Association",
}
_Labels = dict[str, tuple[int, str, str]]  # value → number in the index, label in Vietnamese, in English


def facets(counts: Mapping[str, Mapping[int, int]], query: SearchQuery) -> dict[str, list[FacetValue]]:
    """Every facet with the values that have hits or are selected, in a fixed order.

    Provinces by their hits; those selected come first, so that nobody has to scroll to see them.
    """
    made = {
        "province": _values(counts, "province", _provinces(), query.province),
        "region": _values(counts, "region", _regions(), query.region),
        "star": _values(counts, "star", _stars(), map(str, query.star)),
        "branch": _values(counts, "branch", _branches(), map(str, query.branch)),
        "producer_kind": _values(counts, "producer_kind", _kinds(), query.producer_kind),
        "price": _values(counts, "price", _bands(), [_selected_band(query)]),
        "in_stock": _values(counts, "in_stock", {"1": (1, "Còn hàng", "In stock")}, ["1"] if query.in_stock else []),
    }
    made["province"].sort(key=lambda value: (not value.selected, -value.count, value.value))
    return made


def band_value(number: int) -> str:
    """How a price band is written: "50000-99999", the last one "1000000-"."""
    low, high = codes.band_limits(number)
    return f"{low}-{'' if high is None else high}"


def _values(
    counts: Mapping[str, Mapping[int, int]], facet: str, labels: _Labels, selected: Iterable[str]
) -> list[FacetValue]:
    chosen, found = set(selected), counts.get(facet, {})
    return [
        FacetValue(value, vi, en, found.get(number, 0), value in chosen)
        for value, (number, vi, en) in labels.items()
        if found.get(number) or value in chosen
    ]


@lru_cache(maxsize=1)
def _provinces() -> _Labels:
    return {p.code: (codes.place(p.code), p.short, p.short) for p in places().provinces.values()}


@lru_cache(maxsize=1)
def _regions() -> _Labels:
    return {r.slug: (codes.region(r.slug), r.name_vi, r.name_en) for r in REGIONS}


@lru_cache(maxsize=1)
def _stars() -> _Labels:
    return {str(star): (star, f"{star} sao", f"{star} stars") for star in (5, 4, 3)}


@lru_cache(maxsize=1)
def _branches() -> _Labels:
    return {str(b.number): (b.number, b.name_vi, b.name_en) for b in BRANCHES}


@lru_cache(maxsize=1)
def _kinds() -> _Labels:
    return {kind: (codes.producer_kind(kind), str(ProducerKind(kind).label), _KINDS_EN[kind]) for kind in codes.KINDS}


@lru_cache(maxsize=1)
def _bands() -> _Labels:
    return {band_value(n): (n, *_band_labels(n)) for n in range(1, len(codes.BAND_STARTS) + 1)}


def _band_labels(number: int) -> tuple[str, str]:
    low, high = codes.band_limits(number)
    if high is None:
        return f"Từ {_dong(low, '.')} đ", f"{_dong(low, ',')} đ and more"
    if not low:
        return f"Dưới {_dong(high + 1, '.')} đ", f"Under {_dong(high + 1, ',')} đ"
    vi = f"{_dong(low, '.')} đ – dưới {_dong(high + 1, '.')} đ"
    return vi, f"{_dong(low, ',')} đ – under {_dong(high + 1, ',')} đ"


def _dong(amount: int, separator: str) -> str:
    return f"{amount:,}".replace(",", separator)


def _selected_band(query: SearchQuery) -> str:
    low, high = query.price_min or 0, query.price_max
    return "" if not low and high is None else f"{low}-{'' if high is None else high}"
