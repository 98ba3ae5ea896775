"""The figures as tables: what the page shows, a plot draws and a file holds are the same rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.certificates.states import State
from catalog.producers.models import ProducerKind
from catalog.products.sets import BRANCHES, PRODUCT_SETS
from catalog.regions import province, regions
from catalog.ui.formats import is_english
from ocop_sync.desk.programme.figures import LATER, Figures, Listed
from ocop_sync.desk.programme.question import STARS
from ocop_sync.desk.reasons import REASONS

Cell = str | int | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Table:
    """`key` is its name in addresses; the first `names` columns are no figures; `total` is a last row of sums.

    A cell is a text, a count, a share in percent (Decimal), a day, a moment, or None where there is nothing to tell.
    """

    key: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    names: int = 1

    def column(self, index: int) -> list[tuple[str, int]]:
        """Each row's name and its count in one column."""
        return [(str(row[self.names - 1]), count) for row in self.rows if isinstance(count := row[index], int)]


def by_star(key: str, title: str, head: Sequence[str], groups: Iterable[tuple[tuple[str, ...], Counter[int]]]) -> Table:
    """Rows of names with their counts by star, and the sum of each."""
    rows = tuple((*names, *(stars[star] for star in STARS), stars.total()) for names, stars in groups)
    head = (*head, *(_("{n} sao").format(n=star) for star in STARS), _("Đang lên kệ"))
    return Table(key, title, head, rows, summed(rows, len(head) - len(STARS) - 1), len(head) - len(STARS) - 1)


def summed(rows: Sequence[tuple[Cell, ...]], names: int) -> tuple[Cell, ...]:
    """The last row: the sum of every column behind the first `names`."""
    width = len(rows[0]) if rows else names
    sums = (sum(value for row in rows if isinstance(value := row[at], int | Decimal)) for at in range(names, width))
    return (_("Cộng"), *("" for _name in range(names - 1)), *sums)


def provinces(found: Figures) -> Table:
    """Provinces × stars, those with most first."""
    stars = _stars(found, lambda one: one.province)
    codes = [one.code for one in found.question.provinces()]
    ordered = sorted([*codes, *sorted(set(stars) - set(codes))], key=lambda code: -stars[code].total())
    groups = (((province_name(code),), stars[code]) for code in ordered)
    return by_star("tinh", _("Sản phẩm đang lên kệ theo tỉnh, thành phố"), [_("Tỉnh, thành phố")], groups)


def province_name(code: str) -> str:
    """The province's short name, or what stands for an unknown one."""
    try:
        return province(code).short
    except KeyError:
        return _("Chưa rõ tỉnh")


def _stars(found: Figures, of: Callable[[Listed], object]) -> dict:
    counted: dict[object, Counter[int]] = {}
    for one in found.listed:
        counted.setdefault(of(one), Counter())[one.star] += one.count
    return _Empty(counted)


class _Empty(dict):
    """Nothing was counted for what is missing."""

    def __missing__(self, key: object) -> Counter[int]:
        return Counter()
