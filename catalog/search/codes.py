"""Facet values as the small numbers that the index holds, and back."""

from collections.abc import Iterable
from typing import Final

from catalog.producers.models import ProducerKind
from catalog.regions import REGIONS

UNKNOWN: Final = 0  # the fact is not known: no facet value
NO_PRICE: Final = -1
_LONGEST_PLACE: Final = 5  # digits
NOWHERE: Final = 10**_LONGEST_PLACE  # a value asked for that does not exist: finds nothing
BAND_STARTS: Final = (0, 50_000, 100_000, 200_000, 500_000, 1_000_000)  # đồng
REGION_SLUGS: Final = tuple(region.slug for region in REGIONS)
KINDS: Final = tuple(str(kind.value) for kind in ProducerKind if kind.value)


def place(code: str) -> int:
    """A code of a province, old or new, or of a commune: "08" → 8; what is too long to be one is none."""
    return int(code) if code.isascii() and code.isdecimal() and len(code) <= _LONGEST_PLACE else UNKNOWN


def region(slug: str) -> int:
    """A region's number, from 1 in the programme's order."""
    return _number(slug, REGION_SLUGS)


def producer_kind(kind: str) -> int:
    """A legal form's number, from 1."""
    return _number(kind, KINDS)


def price_band(price: int | None) -> int:
    """The number, from 1, of the band that a price in đồng lies in."""
    return UNKNOWN if price is None else sum(price >= start for start in BAND_STARTS)


def band_limits(number: int) -> tuple[int, int | None]:
    """The lowest and the highest price of a band in đồng, both included; None: no highest."""
    nxt = BAND_STARTS[number] - 1 if number < len(BAND_STARTS) else None
    return BAND_STARTS[number - 1], nxt


def bands(low: int, high: int | None) -> range | None:
    """The bands of the prices in đồng from `low` to `high`, both included; None where they are not whole ones."""
    ends = [start - 1 for start in BAND_STARTS[1:]] + [None]
    if low not in BAND_STARTS or high not in ends:
        return None
    return range(BAND_STARTS.index(low) + 1, ends.index(high) + 2)


def asked(numbers: Iterable[int]) -> tuple[int, ...]:
    """Numbers of a filter as asked; what does not exist becomes `NOWHERE`."""
    return tuple(number or NOWHERE for number in numbers)


def _number(value: str, known: tuple[str, ...]) -> int:
    return known.index(value) + 1 if value in known else UNKNOWN
