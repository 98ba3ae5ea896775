"""What is listed today, counted by place. Every function is one query."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet

from catalog import clock, shelf
from catalog.certificates.services import shown
from catalog.products.models import Product
from storefront.shop.cards import Card, cards

SHELF = 8


@dataclass(frozen=True, slots=True)
class Tally:
    """Products of the whole country. `parts` is by (region, province of today): a province may span regions."""

    provinces: Counter[str] = field(default_factory=Counter)
    old_provinces: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    parts: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Profile:
    """Products of one province; `communes` by code, "" for those known to the province only."""

    stars: Counter[int] = field(default_factory=Counter)
    branches: Counter[int] = field(default_factory=Counter)
    communes: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Maker:
    """A producer and how many of its products are shown."""

    pk: int
    slug: str
    name: str
    kind: str
    n: int


def tally(*, adult: bool) -> Tally:
    """The country's counts."""
    found = Tally()
    for now, before, region, n in _grouped(
        shown(clock.today(), adult=adult), "province_code", "old_province_code", "region"
    ):
        found.provinces[now] += n
        found.old_provinces[before] += n
        found.regions[region] += n
        found.parts[region, now] += n
    return found


def profile(province_code: str, *, adult: bool) -> Profile:
    """One province's counts."""
    found = Profile()
    for star, branch, commune, n in _grouped(_in(province_code, adult=adult), "star", "branch", "commune_code"):
        found.stars[star] += n
        found.branches[branch] += n
        found.communes[commune] += n
    return found


def best(province_code: str, *, adult: bool) -> list[Card]:
    """The province's shelf: what can be bought before what cannot, more stars and newer recognitions first."""
    order = ("-in_stock", "-star", F("price_from").asc(nulls_last=True), "-listable_from", "code")
    return cards(shelf.of(_in(province_code, adult=adult).order_by(*order)[:SHELF]))


def makers(province_code: str, *, adult: bool) -> list[Maker]:
    """Whose products of this province are shown, those with most first."""
    columns = ("producer_id", "producer__slug", "producer__name", "producer__kind")
    rows = _in(province_code, adult=adult).values_list(*columns).annotate(n=Count("pk"))
    return [Maker(*row) for row in rows.order_by("-n", "producer__name", "producer_id")]


def _in(province_code: str, *, adult: bool) -> QuerySet[Product]:
    return shown(clock.today(), adult=adult).filter(province_code=province_code)


def _grouped(products: QuerySet[Product], *columns: str) -> Sequence[tuple[object, ...]]:
    return list(products.order_by().values_list(*columns).annotate(n=Count("pk")))
