"""Combos as lists show them: approved, and with a box that can be had today.

One way for all of them: which are meant, in their order, is one short question; from the first on they are then read
and asked (`offering`), a batch at a time, until there are as many as are shown.
"""

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import inf
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from catalog import clock
from catalog.combos.models import Combo, ComboPart, Occasion
from catalog.combos.offering import Box, BoxPart, cheapest_box, options
from catalog.combos.reading import APPROVED, passing, read_parts
from catalog.prepared import PreparedRows, Slot
from catalog.products.models import Product
from catalog.regions import merged_into, province
from catalog.text import fold

ALWAYS = "combo hộp quà tặng gift box set"  # words that find every one of them
SEASONS = {Occasion.TET: (11, 12, 1, 2), Occasion.MID_AUTUMN: (8, 9)}  # months in which people look for it
_AT_ONCE: Final = 256  # that the sieve is asked of; of those, so many are read at most
_READ: Final = 64


@dataclass(frozen=True, slots=True)
class Listed:
    """A combo and its box today; of one to choose from the cheapest box that can be had."""

    combo: Combo
    box: Box

    @property
    def total(self) -> int:
        """Đồng a box, packaging included."""
        return self.box.price.total if self.box.price else 0

    @property
    def parts(self) -> list[BoxPart]:
        """What is in the box, or what may be chosen and sold today."""
        if self.combo.choose:
            return [option.part for option in options(self.combo) if not option.problem]
        return list(self.box.parts)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page of a list starts: at this place among all approved ones, the newest first; by price at the first of
    this price (đồng) from that place on.
    """

    place: int = 0
    price: int | None = None


TOP: Final = Start()


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a list: each with its own start; where the next one starts, None for the last page."""

    rows: list[tuple[Start, Listed]]
    next: Start | None


def page(*, occasion: str = "", place: str = "", start: Start = TOP, most: int) -> Shown:
    """What can be had today, the newest first; of one occasion, or of one province (its own, or of a part)."""
    numbers = _approved(occasion, place)
    places = {number: n for n, number in enumerate(numbers)}
    found = ((Start(places[one.combo.pk]), one) for one in offered(numbers[start.place :], most + 1))
    return _shown(found, most)


def by_price(
    *,
    occasion: str = "",
    place: str = "",
    dearest: bool = False,
    start: Start = TOP,
    most: int,
) -> Shown:
    """The same, the cheapest or the dearest first; of one price the newest first.

    Only those are read that can be among the first by what their parts cost alone.
    """
    sign = -1 if dearest else 1
    since = (-inf, 0) if start.price is None else (sign * start.price, start.place)
    ahead = []
    for n, (number, low, high) in enumerate(_price_bounds(_approved(occasion, place))):
        first, last = (-high, -low) if dearest else (low, high)
        if last >= since[0]:
            ahead.append((first, n, number))
    ahead.sort()
    return _shown(
        ((Start(n, one.total), one) for key, n, one in _sorted(ahead, sign, most + 1) if (key, n) >= since), most
    )


def count(*, occasion: str = "", place: str = "") -> int:
    """How many can be had: every one is asked."""
    return sum(1 for _one in offered(_approved(occasion, place), _READ))


def on_sale(numbers: Collection[int]) -> dict[int, Listed]:
    """Those of these primary keys that can be had at this moment, by primary key, in this order."""
    return {one.combo.pk: one for one in offered(list(numbers), len(numbers))}


def of_province(place: str, most: int) -> list[Listed]:
    """Those of a province: that tell its story first, then those with something from there."""
    rows = sorted(_OF_PLACE(place, place), key=lambda row: row[1] != place)
    return list(islice(offered([pk for pk, _code in rows], most), most))


def with_product(product: int, most: int) -> list[Listed]:
    """Those that the product is in today, by its primary key; not those in which something else stands in for it.

    One short question where it is in none, as most are.
    """
    return _holding(_WITH(product), most, lambda one: one.pk == product)


def of_producer(producer: int, most: int) -> list[Listed]:
    """Those with something of this producer in them today, by its primary key; as `with_product`."""
    return _holding(_OF(producer), most, lambda one: one.producer_id == producer)


def for_home(most: int) -> list[Listed]:
    """Those of the season, then the newest."""
    month = clock.today().month
    season = {occasion for occasion, months in SEASONS.items() if month in months}
    rows = sorted(_NEWEST(), key=lambda row: row[1] not in season)
    return list(islice(offered([pk for pk, _occasion in rows], most), most))


def like(combo: Combo, most: int) -> list[Listed]:
    """Others for the same occasion or of the same province."""
    near = Q(occasion=combo.occasion)
    if combo.province_code:
        near |= Q(province_code=combo.province_code)
    numbers = list(_newest(near).exclude(pk=combo.pk).values_list("pk", flat=True))
    return list(islice(offered(numbers, most), most))


def named(words: str, most: int) -> list[Listed]:
    """Those whose title, occasion or province, by a name of today or of before, holds every word; accents do not count.

    Combos are few enough for a look at every title.
    """
    wanted = set(fold(words).split())
    language = get_language() or "vi"
    rows = _TITLES() if wanted else ()
    numbers = [pk for pk, *told in rows if wanted <= _words(language, *told)]
    return list(islice(offered(numbers, most), most))


def beginning(typed: Sequence[str], most: int, *, english: bool) -> list[Listed]:
    """Those whose title on such a page has these folded words, the last one begun. One question where there is none."""
    if not typed:
        return []
    numbers = []
    for pk, vi, en, *_rest in _TITLES():
        words = _folded(en if english and en else vi)
        if words.issuperset(typed[:-1]) and any(word.startswith(typed[-1]) for word in words):
            numbers.append(pk)
    return list(islice(offered(numbers, most), most))


def offered(numbers: Sequence[int], most: int) -> Iterator[Listed]:
    """Those of these primary keys that can be had today, in this order; read as they are taken, `most` at once."""
    step, size, done = most + most // 4 + 2, min(most + most // 8 + 1, _READ), 0
    while done < len(numbers):
        combos = passing(numbers[done : done + step])
        done, step = done + step, min(2 * step, _AT_ONCE)
        while combos:
            batch, combos = combos[:size], combos[size:]
            size = min(2 * size, _READ)
            read_parts(batch)
            for combo in batch:
                if (box := cheapest_box(combo)).possible:
                    yield Listed(combo, box)


def _sorted(ahead: Sequence[tuple[float, int, int]], sign: int, most: int) -> Iterator[tuple[float, int, Listed]]:
    """(key, place, combo) in order, of (the least its key can be, place, primary key) in order."""
    places = {number: n for _first, n, number in ahead}
    known: list[tuple[float, int, Listed]] = []
    step, done = most + most // 4 + 2, 0
    while done < len(ahead):
        for one in offered([number for *_rest, number in ahead[done : done + step]], step):
            heapq.heappush(known, (sign * one.total, places[one.combo.pk], one))
        done += step
        least = ahead[done][0] if done < len(ahead) else inf
        while known and known[0][0] < least:
            yield heapq.heappop(known)


def _price_bounds(numbers: Sequence[int]) -> list[tuple[int, int, int]]:
    """(combo, least, most) that a box can cost, in đồng, in this order: by what its parts cost, or what stands in."""
    parts: dict[int, list[tuple[int, int, int]]] = {}
    for pk, quantity, own, other in _PRICES():
        both = (own, own if other is None else other)
        parts.setdefault(pk, []).append((quantity, min(both), max(both)))
    rows = {pk: row for pk, *row in _TERMS() if pk in parts}
    return [(pk, _bound(rows[pk], parts[pk], 1), _bound(rows[pk], parts[pk], 2)) for pk in numbers if pk in rows]


def _bound(row: Sequence[Any], parts: Collection[tuple[int, int, int]], end: int) -> int:
    choose, percent, fixed, packaging = row
    if fixed is not None:
        return int(fixed + packaging)
    alone, left = 0, sum(part[0] for part in parts) if choose is None else choose
    for part in sorted(parts, key=lambda one: one[end], reverse=end == 2):
        pieces = min(left, part[0])
        alone, left = alone + pieces * part[end], left - pieces
    return int(alone * (100 - percent) // 100 + packaging)


def _shown(found: Iterable[tuple[Start, Listed]], most: int) -> Shown:
    rows = list(islice(found, most + 1))
    return Shown(rows[:most], rows[most][0] if len(rows) > most else None)


def _holding(rows: Iterable[tuple[int, ...]], most: int, is_it: Callable[[Product], bool]) -> list[Listed]:
    """Those of these rows with such a product in the box, or among what may be chosen today."""
    found = offered([row[0] for row in rows], most)
    return list(islice((one for one in found if any(map(is_it, _products(one)))), most))


def _products(one: Listed) -> list[Product]:
    if one.combo.choose:
        return [option.part.product for option in options(one.combo) if option.possible]
    return [part.product for part in one.box.parts]


def _approved(occasion: str, place: str) -> list[int]:
    asked = [value for value in (occasion, place, place) if value]
    return [pk for (pk,) in _meant(bool(occasion), bool(place))(*asked)]


@lru_cache(maxsize=4)
def _meant(occasion: bool, place: bool) -> PreparedRows:
    asked = Q(occasion=Slot(0)) if occasion else Q()
    if place:
        asked &= _of_place(occasion)
    return PreparedRows(lambda: _newest(asked).values_list("pk"))


def _of_place(slot: int) -> Q:
    inside = ComboPart.objects.filter(offer__product__province_code=Slot(slot + 1)).order_by()
    return Q(province_code=Slot(slot)) | Q(pk__in=inside.values("combo"))


def _newest(asked: Q) -> QuerySet[Combo]:
    return Combo.objects.filter(APPROVED, asked).order_by("-approved_at", "-pk")


def _with(**asked: Slot) -> PreparedRows:
    inside = ComboPart.objects.filter(**asked).order_by()
    return PreparedRows(lambda: _newest(Q(pk__in=inside.values("combo"))).values_list("pk"))


@lru_cache(maxsize=4096)
def _words(language: str, title: str, title_en: str, occasion: str, code: str) -> frozenset[str]:
    """All that a combo is found by, in the active language."""
    places = [province(code).short, *(one.short for one in merged_into(code))] if code else []
    given_for = str(Occasion(occasion).label) if occasion else ""
    return frozenset(fold(" ".join([ALWAYS, title, title_en, given_for, *places])).split())


@lru_cache(maxsize=4096)
def _folded(title: str) -> frozenset[str]:
    return frozenset(fold(title).split())


_NEWEST = PreparedRows(lambda: _newest(Q()).values_list("pk", "occasion"))
_TITLES = PreparedRows(lambda: _newest(Q()).values_list("pk", "title", "title_en", "occasion", "province_code"))
_OF_PLACE = PreparedRows(lambda: _newest(_of_place(0)).values_list("pk", "province_code"))
_WITH = _with(offer__product=Slot())
_OF = _with(offer__product__producer=Slot())
_TERMS = PreparedRows(
    lambda: Combo.objects.filter(APPROVED).values_list("pk", "choose", "percent", "fixed_price", "packaging__price")
)
_PRICES = PreparedRows(
    lambda: (
        ComboPart.objects.filter(combo__in=Combo.objects.filter(APPROVED))
        .order_by()
        .values_list("combo", "quantity", "offer__price", "substitute__price")
    )
)
