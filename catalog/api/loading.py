"""What rows need besides themselves, for all rows of a request at once: a fixed number of questions, whatever their
number.

A list tells which rows it has before anything is asked about one of them (`Loaders.see`). Whoever then needs a row's
offers gets those of all rows seen so far that have none yet.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from catalog import clock
from catalog.api.errors import OutOfTime
from catalog.certificates.gate import listable
from catalog.certificates.models import Recognition, SourceRecord
from catalog.certificates.services import is_listed, shown
from catalog.combos.lists import Listed
from catalog.livestreams.pins import Pin, shown_of
from catalog.offers.models import Offer, OfferStock
from catalog.products.models import ADULT_ONLY, Product

SECONDS: Final = 5  # that a query may take
Found = TypeVar("Found")


class Batch(Generic[Found]):
    """Answers by key; `load` is asked for many keys at once, and what it does not name is `missing`."""

    def __init__(self, load: Callable[[list[int]], Mapping[int, Found]], missing: Callable[[], Found]) -> None:
        self._load, self._missing = load, missing
        self._expected: dict[int, None] = {}
        self._found: dict[int, Found] = {}

    def expect(self, keys: Iterable[int]) -> None:
        """These may be asked for."""
        self._expected.update(dict.fromkeys(key for key in keys if key not in self._found))

    def get(self, key: int) -> Found:
        """The answer for one key, with one question for all that are expected."""
        if key not in self._found:
            self.expect([key])
            wanted = list(self._expected)
            self._expected.clear()
            loaded = self._load(wanted)
            self._found.update({one: loaded[one] if one in loaded else self._missing() for one in wanted})
        return self._found[key]


@dataclass
class Loaders:
    """Of one request. `deadline` (monotonic) is looked at before the database or the engine is asked."""

    deadline: float = field(default_factory=lambda: time.monotonic() + SECONDS)
    products: dict[int, Product] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)  # of lists that are long to count

    def __post_init__(self) -> None:
        self.offers: Batch[list[Offer]] = Batch(self._offers, list)
        self.recognitions: Batch[list[Recognition]] = Batch(self._recognitions, list)
        self.records: Batch[list[SourceRecord]] = Batch(self._records, list)
        self.pins: Batch[list[Pin]] = Batch(self._pins, list)
        self._shelves = {adult: self._shelf(adult=adult) for adult in (False, True)}

    def hurry(self) -> None:
        """Raises OutOfTime when the query has had its time."""
        if time.monotonic() > self.deadline:
            raise OutOfTime(seconds=SECONDS)

    def see(self, products: Iterable[Product]) -> None:
        """These rows may be asked about; they carry their producer and `current`."""
        fresh = [one for one in products if one.pk not in self.products]
        self.products.update({one.pk: one for one in fresh})
        for batch in (self.offers, self.recognitions, self.records):
            batch.expect(one.pk for one in fresh)
        self.see_producers(one.producer_id for one in fresh)

    def see_combos(self, combos: Iterable[Listed]) -> None:
        """These combos may be asked about; they need not carry who proposed them, nor their products `current`."""
        known = [(one, one.parts) for one in combos]
        offers = [part.offer for _one, parts in known for part in parts]
        offers += [part.replaces for _one, parts in known for part in parts if part.replaces]
        self.hurry()
        prefetch_related_objects([offer.product for offer in offers], "current")
        prefetch_related_objects([one.combo for one, _parts in known], "producer")
        for one, parts in known:
            instead = [part.replaces.product for part in parts if part.replaces and may_be_told(part.replaces.product)]
            self.see([*(part.product for part in parts), *instead])
            self.see_producers([one.combo.producer_id] if one.combo.producer_id else [])

    def see_producers(self, numbers: Iterable[int]) -> None:
        """Somebody may ask for what these have listed."""
        known = list(numbers)
        for batch in self._shelves.values():
            batch.expect(known)

    def shelf(self, producer: int, *, adult: bool) -> list[Product]:
        """What a producer has listed today, in the order of the lists."""
        return self._shelves[adult].get(producer)

    def _shelf(self, *, adult: bool) -> Batch[list[Product]]:
        def load(producers: list[int]) -> dict[int, list[Product]]:
            self.hurry()
            rows = list(with_facts(in_turn(adult=adult)).filter(producer__in=producers).order_by("pk"))
            self.see(rows)
            return _by(rows, "producer_id")

        return Batch(load, list)

    def _offers(self, products: list[int]) -> dict[int, list[Offer]]:
        self.hurry()
        stocks = OfferStock.objects.select_related("warehouse__sale_point").order_by("pk")
        rows = Offer.objects.filter(product__in=products, is_active=True).order_by("product", "number")
        return self._of_products(rows.prefetch_related(Prefetch("stocks", stocks)))

    def _recognitions(self, products: list[int]) -> dict[int, list[Recognition]]:
        self.hurry()
        return self._of_products(Recognition.objects.filter(product__in=products).order_by("issued_on", "pk"))

    def _records(self, products: list[int]) -> dict[int, list[SourceRecord]]:
        self.hurry()
        rows = SourceRecord.objects.filter(product__in=products, present=True)
        return self._of_products(rows.select_related("source", "recognition").order_by("pk"))

    def _pins(self, livestreams: list[int]) -> dict[int, list[Pin]]:
        self.hurry()
        found = shown_of(livestreams, clock.today())
        pins = [pin for some in found.values() for pin in some]
        self.see(pin.product for pin in pins if pin.product)
        self.see_combos(pin.combo for pin in pins if pin.combo)
        return found

    def _of_products(self, rows: Iterable[Any]) -> dict[int, list[Any]]:
        """Rows by their product, which each carries."""
        found = _by(rows, "product_id")
        for number, some in found.items():
            for row in some:
                row.product = self.products[number]
        return found


def may_be_told(product: Product) -> bool:
    """Listed, and not for adults only?"""
    return is_listed(product) and not product.adult_only


def with_facts(products: QuerySet[Product]) -> QuerySet[Product]:
    """With what every one of them is asked for."""
    return products.select_related("producer", "current")


def listed(*, adult: bool) -> QuerySet[Product]:
    """The products that may be shown today."""
    return with_facts(shown(clock.today(), adult=adult))


def in_turn(*, adult: bool) -> QuerySet[Product]:
    """The same products, for a walk in the order of keys or by producer.

    Given the gate's condition as it is, SQLite takes the gate's index, and goes through all that is listed for a page;
    turned around twice, the condition has no index.
    """
    products = Product.objects.exclude(~listable(clock.today()))
    return products if adult else products.exclude(restriction__in=ADULT_ONLY)


def _by(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found
