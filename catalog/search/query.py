"""What is asked of search, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from catalog.shelf import OnShelf

SORTS: Final = ("relevance", "price", "-price", "star", "name", "newest")
MAX_HITS: Final = 10_000  # pages reach this far
MAX_PER_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A question. Values of one filter are alternatives; different filters all hold.

    `province` (codes of today) and `old_province` (codes of before 1 July 2025) are one filter, that of the place;
    `commune` (codes of today) is another.
    `price_min` and `price_max` are đồng, both included. `exact` does not correct spelling; `keep_words` leaves
    place names in `text` plain words instead of making them a filter. A value that does not exist finds nothing.
    `skip` hits are left out before the first page. Not `counted`: there are no facets.
    """

    text: str = ""
    province: tuple[str, ...] = ()
    commune: tuple[str, ...] = ()
    old_province: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    star: tuple[int, ...] = ()
    branch: tuple[int, ...] = ()
    producer_kind: tuple[str, ...] = ()
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool = False
    adult: bool = False
    sort: str = "relevance"
    page: int = 1
    per_page: int = 24
    skip: int = 0
    exact: bool = False
    keep_words: bool = False
    counted: bool = True


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to narrow by; `count` is what the other filters leave of it. Price bands are written "50000-99999"."""

    value: str
    label_vi: str
    label_en: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """Words of the query that name a place: `words` as typed, `value` a code, or two old districts' joined by "+".

    `kind`: "province", "old_province" and "region" narrow; "old_district", "commune" and "old_commune" find by place as
    well as by words.
    """

    kind: str
    value: str
    label_vi: str
    label_en: str
    words: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of results in order, as cards show them.

    `corrected` is the text searched for instead of the one typed, or None; `offered` one that may have been meant where
    nothing was found. `took_ms` is milliseconds. `plain`: no engine answered, so that words other than places were not
    looked at and no facet has a count.
    """

    total: int
    products: list[OnShelf]
    facets: Mapping[str, list[FacetValue]] = field(default_factory=lambda: MappingProxyType({}))
    took_ms: float = 0.0
    chips: list[Chip] = field(default_factory=list)
    corrected: str | None = None
    offered: str | None = None
    pages: int = 0
    page: int = 1
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to go to: `kind` "product", "producer", "set", "branch", or a place's (see `Chip`).

    `key` is its code (a producer's: its number, a region's: its slug), `slug` that of its page where it has one.
    `maker` is told only where name, star and province do not tell two products apart.
    """

    kind: str
    key: str
    text: str
    text_en: str = ""
    slug: str = ""
    star: int | None = None
    province: str = ""
    maker: str = ""
