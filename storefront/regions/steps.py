"""The map's colours: counts in at most five steps of round numbers, whatever the size of the catalogue."""

from typing import Final, NamedTuple

MOST: Final = 5
_ROUND: Final = tuple(lead * 10**zeros for zeros in range(7) for lead in (1, 2, 5))


class Step(NamedTuple):
    """Counts `low` … `high` (None: and more) share colour `number`, from 1, the palest; 0 is the colour of none."""

    number: int
    low: int
    high: int | None


def steps(counts: list[int]) -> list[Step]:
    """The steps for these counts, ascending; the first begins at 1, the last is open. None for no products."""
    lows = [low for low in _ROUND if low <= max(counts, default=0)][-MOST:]
    if not lows:
        return []
    lows[0] = 1
    return [
        Step(number, low, high - 1 if high else None)
        for number, (low, high) in enumerate(zip(lows, [*lows[1:], None], strict=True), 1)
    ]


def step_of(count: int, of: list[Step]) -> int:
    """The number of the step that a count falls in; 0 for none."""
    return max((step.number for step in of if step.low <= count), default=0)
