"""Products as lists show them: what a card says, of those that the gate lets through today."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from catalog import clock
from catalog.certificates.services import is_listed
from catalog.prepared import PreparedRows, Slot
from catalog.products.models import ADULT_ONLY, Product, page_address


class OnShelf(NamedTuple):
    """A product as its card shows it (prices in đồng), and what the gate asks."""

    pk: int
    code: str
    slug: str
    name: str
    producer_name: str
    province_code: str
    region: str
    branch: int | None
    set_no: int | None
    star: int
    price_from: int | None
    in_stock: bool
    restriction: str
    blocked: str
    listable_from: date | None
    listable_until: date | None

    def get_absolute_url(self) -> str:
        """Its page, in the language of the page that asks."""
        return page_address(self.slug, self.code)


def by_number(numbers: Iterable[int]) -> list[OnShelf]:
    """Those of these primary keys that are listed today, in the order given.

    The gate is asked in Python: given its SQL condition too, SQLite reads all listed products to find a few by key.
    """
    wanted = list(numbers)
    found = {one.pk: one for one in _listed(_these(len(wanted))(*wanted))} if wanted else {}
    return [found[number] for number in wanted if number in found]


def of_producer(number: int, *, adult: bool) -> list[OnShelf]:
    """What a producer has listed today, what can be bought first; without what is for adults unless `adult`."""
    return [one for one in _listed(_PRODUCERS(number)) if adult or one.restriction not in ADULT_ONLY]


def of(products: QuerySet[Product]) -> list[OnShelf]:
    """These, in their order; they have passed the gate."""
    return [OnShelf(*row) for row in _columns(products)]


def _listed(rows: Iterable[tuple[Any, ...]]) -> list[OnShelf]:
    today = clock.today()
    return [one for row in rows if is_listed(one := OnShelf(*row), today)]


def _columns(products: QuerySet[Product]) -> QuerySet[Product, tuple[Any, ...]]:
    return products.values_list(*("producer__name" if name == "producer_name" else name for name in OnShelf._fields))


@lru_cache(maxsize=128)  # pages have at most a hundred
def _these(count: int) -> PreparedRows:
    return PreparedRows(lambda: _columns(Product.objects.filter(pk__in=[Slot(n) for n in range(count)])))


_PRODUCERS = PreparedRows(
    lambda: _columns(Product.objects.filter(producer_id=Slot()).order_by("-in_stock", "-star", "code"))
)
