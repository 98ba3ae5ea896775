"""Suggestions: what of the catalogue begins with what was typed, kept in memory and read again when the index or the
day has changed.

Reading takes a second for 20,000 products, and ten times that for ten times as many: nobody waits for it. It is done
beside the requests, and a busy shop goes on with what it has for a while. What it has may then name a product that is
no longer listed: those found are looked up by their codes before they are shown.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connections
from django.db.models import F
from django.db.models.lookups import IsNull

from catalog import clock
from catalog.certificates.gate import Verdict
from catalog.certificates.services import shown
from catalog.products.models import ADULT_ONLY, Product
from catalog.products.sets import BRANCHES, PRODUCT_SETS
from catalog.regions import REGIONS, old_provinces, provinces
from catalog.regions.places import places
from catalog.search import place_words, telex
from catalog.search.chips import chip as chip_of
from catalog.search.errors import SearchUnavailable
from catalog.search.local_phrases import old_districts
from catalog.search.phrases import Phrase, Phrases, shared_out
from catalog.search.query import Suggestion
from catalog.search.reading import MAX_TEXT, MAX_WORDS
from catalog.search.tokens import tokens

_REST: Final = 50  # phrases are kept this many times as long as reading them took
log = logging.getLogger(__name__)
_COLUMNS: Final = ("code", "slug", "name", "star", "province_code", "set_no", "branch", "producer_id", "commune_code")


@dataclass(frozen=True, slots=True)
class _Read:
    """Phrases as read for an index folder, a generation of it and a day; kept at least until `fresh_until`."""

    folder: str
    generation: str
    day: date
    phrases: Phrases
    fresh_until: float

    def is_of(self, generation: str, day: date) -> bool:
        """Nothing has changed since? Without an index nobody can tell."""
        return bool(generation) and (self.generation, self.day) == (generation, day)


def beside(read: Callable[[], None]) -> None:
    """Read in a thread of its own, with a connection of its own."""

    def run() -> None:
        try:
            read()
        except Exception:
            log.exception("suggestions: the phrases could not be read; those known stay")
        finally:
            connections.close_all()

    threading.Thread(target=run, name="phrases", daemon=True).start()


class Dictionary:
    """The phrases of this process. One reading at a time; everybody meanwhile uses what there is.

    `start`: how a reading is begun.
    """

    def __init__(self, start: Callable[[Callable[[], None]], None] = beside) -> None:
        self._start = start
        self._reading = threading.Lock()
        self._read: _Read | None = None

    def suggest(self, text: str, limit: int, folder: str, generation: str) -> list[Suggestion]:
        """At most `limit`; only what is listed today. Asks the database only while it is behind `generation`.

        Raises SearchUnavailable as long as nothing has been read.
        """
        typed = tokens(text[:MAX_TEXT])[:MAX_WORDS]
        if not typed or limit < 1:
            return []
        day = clock.today()
        read = self._phrases(folder, generation, day)
        if read is None:
            raise SearchUnavailable
        found = read.phrases.find(typed)
        if not found and (plain := telex.decoded(text[:MAX_TEXT])):
            found = read.phrases.find(tokens(plain))
        if not read.is_of(generation, day):
            found = _still_listed(found, day)
        return _named_first(text, shared_out([some for some in found if some], limit))[:limit]

    def _phrases(self, folder: str, generation: str, day: date) -> _Read | None:
        """What there is, of this index folder; where it is behind for long enough, a reading begins."""
        known = self._read if self._read and self._read.folder == folder else None
        is_due = known is None or known.day != day or time.monotonic() >= known.fresh_until
        if is_due and not (known and known.is_of(generation, day)) and self._reading.acquire(blocking=False):
            self._start(lambda: self._read_anew(folder, generation, day))
        return self._read if self._read and self._read.folder == folder else None

    def _read_anew(self, folder: str, generation: str, day: date) -> None:
        try:
            started = time.monotonic()
            phrases = Phrases(phrases_of(day))
            ended = time.monotonic()
            self._read = _Read(folder, generation, day, phrases, ended + (ended - started) * _REST)
        finally:
            self._reading.release()


def phrases_of(day: date) -> Iterator[Phrase]:
    """Provinces and regions; old districts and groups that have goods; what is listed on this day and not for adults
    only; who made it.

    Products in the order of a list without words, but by name: for sale, in stock, by star.
    """
    yield from _places()
    order = (IsNull(F("price_from"), True).asc(), "-in_stock", "-star", "name_key", "pk")
    products = list(shown(day).order_by(*order).values_list(*_COLUMNS, "producer__name", "producer__slug",
                                                            "producer__province_code"))  # fmt: skip
    yield from _districts({row[8] for row in products})
    yield from _groups({row[5] for row in products}, {row[6] for row in products})
    alike = Counter((row[2], row[3], row[4]) for row in products)
    makers: dict[int, Phrase] = {}
    for code, slug, name, star, province, _, _, maker, _, maker_name, maker_slug, maker_province in products:
        told = maker_name if alike[name, star, province] > 1 else ""
        yield Suggestion("product", code, name, slug=slug, star=star, province=province, maker=told), (name,)
        if maker not in makers:
            one = Suggestion("producer", str(maker), maker_name, slug=maker_slug, province=maker_province)
            makers[maker] = one, (maker_name,)
    yield from sorted(makers.values(), key=lambda phrase: phrase[0].text)


def _places() -> Iterator[Phrase]:
    """Provinces of today, those of before whose name none of today's bears, regions."""
    for province in provinces():
        yield _place("province", province.code), (province.short,)
    for old in old_provinces():
        if not place_words.is_name_of_today(old.code):
            yield _place("old_province", old.code), (old.short,)
    for region in REGIONS:
        yield _place("region", region.slug), (region.name_vi, region.name_en)


def _districts(communes: set[str]) -> Iterator[Phrase]:
    """Districts of before that have goods; each by the text that search reads as the district."""
    table = places()
    for text, chip in old_districts():
        district = table.old_districts[chip.value]
        if not communes.isdisjoint(district.commune_codes):
            now = table.old_provinces[district.old_province_code].province_code
            yield Suggestion("old_district", district.code, text, province=now), (text, district.short)


def _place(kind: str, value: str) -> Suggestion:
    label = chip_of(kind, value)
    return Suggestion(kind, value, label.label_vi, label.label_en)


def _groups(sets: set[int | None], branches: set[int | None]) -> Iterator[Phrase]:
    for branch in BRANCHES:
        if branch.number in branches:
            names = branch.name_vi, branch.name_en
            yield Suggestion("branch", str(branch.number), *names), names
    for one in PRODUCT_SETS:
        if one.number in sets and not one.alcohol:
            names = one.name_vi, one.name_en
            yield Suggestion("set", str(one.number), *names), names


def _named_first(text: str, found: list[Suggestion]) -> list[Suggestion]:
    """A place that the whole text stands for comes first, also by another name of it ("Sài Gòn")."""
    chip = place_words.named(text[:MAX_TEXT]) if any(map(str.isalpha, text)) else None
    if chip is None or chip.kind not in ("province", "old_province"):
        return found
    place = Suggestion(chip.kind, chip.value, chip.label_vi, chip.label_en)
    return [place, *(one for one in found if one != place)]


def _still_listed(found: list[list[Suggestion]], day: date) -> list[list[Suggestion]]:
    """Without the products that are not listed any more, or for adults only by now: one question by key, or none."""
    codes = [one.key for some in found for one in some if one.kind == "product"]
    if not codes:
        return found
    rows = Product.objects.filter(code__in=codes).exclude(restriction__in=ADULT_ONLY)
    verdicts = rows.values_list("code", "listable_from", "listable_until", "blocked")
    listed = {code for code, since, until, blocked in verdicts if Verdict(since, until, blocked).allows(day)}
    return [[one for one in some if one.kind != "product" or one.key in listed] for some in found]
