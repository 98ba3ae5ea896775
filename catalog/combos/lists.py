"""Combos as lists show them: approved, and with a box that can be had today."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from catalog import clock
from catalog.combos.models import Combo, Occasion
from catalog.combos.offering import Box, BoxPart, cheapest_box, on_offer, options
from catalog.prepared import PreparedRows, Slot
from catalog.products.models import Product
from catalog.regions import merged_into, province
from catalog.text import fold

ALWAYS = "combo hộp quà tặng gift box set"  # words that find every one of them
SEASONS = {Occasion.TET: (11, 12, 1, 2), Occasion.MID_AUTUMN: (8, 9)}  # months in which people look for it
_LOOKED_AT = 24  # of those that a short list asks, lest one page costs what all of them do
_APPROVED = Q(approved_terms=F("terms"), withdrawn_at=None)  # as `on_offer`
_TOLD = ("title", "title_en", "occasion", "province_code")
_TITLES = PreparedRows(
    lambda: Combo.objects.filter(_APPROVED).order_by("-approved_at", "-pk").values_list("pk", "code", "slug", *_TOLD)
)
_NEWEST = PreparedRows(
    lambda: Combo.objects.filter(_APPROVED).order_by("-approved_at", "-pk").values_list("pk", "occasion")[:_LOOKED_AT]
)
_WITH = PreparedRows(
    lambda: Combo.objects.filter(_APPROVED, parts__offer__product=Slot()).values_list("pk").distinct()[:_LOOKED_AT]
)
_OF = PreparedRows(
    lambda: (
        Combo.objects.filter(_APPROVED, parts__offer__product__producer=Slot())
        .values_list("pk")
        .distinct()[:_LOOKED_AT]
    )
)


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


def on_shelf(*, occasion: str = "", place: str = "") -> list[Listed]:
    """All that can be had today, the newest first; of one occasion, or of one province (its own, or of a part)."""
    found = on_offer().order_by("-approved_at", "-pk")
    if occasion:
        found = found.filter(occasion=occasion)
    if place:
        found = found.filter(_of_province(place))
    return _listed(found)


def on_sale(rows: Q) -> dict[int, Listed]:
    """Those of these that can be had at this moment, by primary key, the newest first."""
    return {one.combo.pk: one for one in _listed(on_offer().filter(rows).order_by("-approved_at", "-pk"))}


def of_province(place: str, most: int) -> list[Listed]:
    """Those of a province: that tell its story first, then those with something from there."""
    found = on_offer().filter(_of_province(place)).order_by("-approved_at", "-pk")[:_LOOKED_AT]
    return sorted(_listed(found), key=lambda one: one.combo.province_code != place)[:most]


def with_product(product: int, most: int) -> list[Listed]:
    """Those that the product is in today, by its primary key; not those in which something else stands in for it.

    One short question where it is in none, as most are.
    """
    return _holding(_WITH(product), lambda one: one.pk == product)[:most]


def of_producer(producer: int, most: int) -> list[Listed]:
    """Those with something of this producer in them today, by its primary key; as `with_product`."""
    return _holding(_OF(producer), lambda one: one.producer_id == producer)[:most]


def for_home(most: int) -> list[Listed]:
    """Those of the season, then the newest."""
    month = clock.today().month
    season = {occasion for occasion, months in SEASONS.items() if month in months}
    rows = sorted(_NEWEST(), key=lambda row: row[1] not in season)[: 2 * most]  # some cannot be had today
    found = {one.pk: one for one in on_offer().filter(pk__in=[pk for pk, _ in rows])} if rows else {}
    return _listed(found[pk] for pk, _ in rows if pk in found)[:most]


def like(combo: Combo, most: int) -> list[Listed]:
    """Others for the same occasion or of the same province."""
    near = Q(occasion=combo.occasion)
    if combo.province_code:
        near |= Q(province_code=combo.province_code)
    return _listed(on_offer().filter(near).exclude(pk=combo.pk).order_by("-approved_at", "-pk")[:_LOOKED_AT])[:most]


def named(words: str, most: int) -> list[Listed]:
    """Those whose title, occasion or province, by a name of today or of before, holds every word; accents do not count.

    Combos are few enough for a look at every title.
    """
    wanted = set(fold(words).split())
    rows = _TITLES() if wanted else ()
    numbers = [pk for pk, _code, _slug, *told in rows if wanted <= _words(*told)][:_LOOKED_AT]
    return _listed(on_offer().filter(pk__in=numbers).order_by("-approved_at", "-pk"))[:most] if numbers else []


def beginning(typed: Sequence[str], most: int, *, english: bool) -> list[tuple[str, str, str]]:
    """(code, slug, title) of approved ones whose title on such a page has these folded words, the last one begun.

    One question; whether the box can be had is told by its page.
    """
    if not typed:
        return []
    found = []
    for _pk, code, slug, vi, en, *_rest in _TITLES():
        title = en if english and en else vi
        words = fold(title).split()
        if set(typed[:-1]) <= set(words) and any(word.startswith(typed[-1]) for word in words):
            found.append((code, slug, title))
    return found[:most]


def _words(title: str, title_en: str, occasion: str, code: str) -> set[str]:
    """All that a combo is found by."""
    places = [province(code).short, *(one.short for one in merged_into(code))] if code else []
    given_for = str(Occasion(occasion).label) if occasion else ""
    return set(fold(" ".join([ALWAYS, title, title_en, given_for, *places])).split())


def _of_province(code: str) -> Q:
    inside = Combo.objects.filter(parts__offer__product__province_code=code)
    return Q(province_code=code) | Q(pk__in=inside)


def _holding(rows: Iterable[tuple[int]], is_it: Callable[[Product], bool]) -> list[Listed]:
    """Those of these rows with such a product in the box, or among what may be chosen today."""
    numbers = [pk for (pk,) in rows]
    found = _listed(on_offer().filter(pk__in=numbers).order_by("-approved_at", "-pk")) if numbers else []
    return [one for one in found if any(map(is_it, _products(one)))]


def _products(one: Listed) -> list[Product]:
    if one.combo.choose:
        return [option.part.product for option in options(one.combo) if option.possible]
    return [part.product for part in one.box.parts]


def _listed(combos: QuerySet[Combo] | Iterable[Combo]) -> list[Listed]:
    return [Listed(combo, box) for combo in combos if (box := cheapest_box(combo)).possible]
