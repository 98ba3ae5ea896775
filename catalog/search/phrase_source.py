"""What can be suggested, read from the database: `python -m catalog.search.phrase_source` writes it to the file.

A process of its own, since for seconds it would let no other thread of a web process run. It gives way to others, and
ends with the process that started it.
"""

import ctypes
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

import django
from django.db.models import F
from django.db.models.lookups import IsNull

if __name__ == "__main__":
    with suppress(OSError, AttributeError):  # not on Linux
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    os.nice(10)
    django.setup()

from catalog.certificates.services import shown
from catalog.products.sets import BRANCHES, PRODUCT_SETS
from catalog.regions import REGIONS, old_provinces, provinces
from catalog.regions.places import places
from catalog.search import place_words, pointer
from catalog.search.chips import chip as chip_of
from catalog.search.local_phrases import old_districts
from catalog.search.phrases import Phrase, write
from catalog.search.query import Suggestion

_CHUNK: Final = 2000
_COLUMNS: Final = (
    "code", "slug", "name", "star", "province_code", "producer_id", "producer__name", "producer__slug",
    "producer__province_code",
)  # fmt: skip


def write_anew(path: Path, generation: str, day: date) -> None:
    """The file as of this day and generation of the index."""
    write(path, phrases_of(day), generation, day.isoformat(), pointer.database())


def phrases_of(day: date) -> Iterator[Phrase]:
    """Provinces and regions; old districts and groups that have goods; what is listed on this day and not for adults
    only; who made it.

    Products in the order of a list without words, but by name: for sale, in stock, by star.
    """
    listed = shown(day)
    yield from _places()
    yield from _districts(set(listed.values_list("commune_code", flat=True).distinct()))
    yield from _groups(*(set(listed.values_list(name, flat=True).distinct()) for name in ("set_no", "branch")))
    alike = Counter(listed.values_list("name", "star", "province_code").iterator(chunk_size=_CHUNK))
    makers: dict[int, Phrase] = {}
    order = (IsNull(F("price_from"), True).asc(), "-in_stock", "-star", "name_key", "pk")
    products = listed.order_by(*order).values_list(*_COLUMNS).iterator(chunk_size=_CHUNK)
    for code, slug, name, star, province, maker, maker_name, maker_slug, maker_province in products:
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


if __name__ == "__main__":
    write_anew(Path(sys.argv[1]), sys.argv[2], date.fromisoformat(sys.argv[3]))
