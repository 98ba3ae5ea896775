"""What a table is made of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from ocop_sync.desk.programme.question import STARS


@dataclass(frozen=True, slots=True)
class Tag:
    """A text with a tone: good, warn or stop."""

    text: str
    tone: str


Cell = str | int | Decimal | date | datetime | Tag | None


@dataclass(frozen=True, slots=True)
class Table:
    """`key` is its name in addresses; `finding` the sentence that its figures tell; `total` a last row of sums.

    The first `names` columns say what a row is about, the others are figures. A cell is a text, a count, a share in
    percent (Decimal), a day, a moment, a tag, or None where there is nothing to tell. `links`: an address a row, or
    none at all.
    """

    key: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    names: int = 1
    finding: str = ""
    links: tuple[str, ...] = ()

    def counts(self, *columns: int) -> list[tuple[str, tuple[int, ...]]]:
        """What each row is about, by its first cell, with its counts in these columns."""
        return [(str(row[0]), tuple(_count(row[at]) for at in columns)) for row in self.rows]


def summed(rows: Sequence[tuple[Cell, ...]], names: int, width: int) -> tuple[Cell, ...]:
    """The last row of a table of `width` columns: the sum of every column behind the first `names`."""
    sums = (sum(_count(row[at]) for row in rows) for at in range(names, width))
    return (_("Cộng"), *("" for _name in range(names - 1)), *sums)


def by_star(rows: Iterable[tuple[tuple[str, ...], Counter[int]]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of names with their counts by star and the sum of these, those with most first."""
    ordered = sorted(rows, key=lambda row: -row[1].total())
    return tuple((*names, *(stars[star] for star in STARS), stars.total()) for names, stars in ordered)


def shares(counts: Sequence[int]) -> list[Decimal]:
    """Percents with one decimal that add up to exactly 100 (the largest remainders are rounded up); of nothing: 0."""
    whole = sum(counts) or 1
    tenths = [count * 1000 // whole for count in counts]
    missing = 1000 * bool(sum(counts)) - sum(tenths)
    for at in sorted(range(len(counts)), key=lambda at: -(counts[at] * 1000 % whole))[:missing]:
        tenths[at] += 1
    return [Decimal(one) / 10 for one in tenths]


def percent(part: int, whole: int) -> int:
    """The share in whole percents; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


def _count(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
