"""How many boxes the parts allow, beside all else that wants the same pieces. Pure; pieces throughout.

`free` is what can still be sold of each offer: on hand less what open orders have reserved, and less what the same
basket wants besides, whether that stands there loose or within another box.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

MOST_BOXES: Final = 50  # of one combo in one order, as pieces of one offer


def wanted(loose: Mapping[str, int], boxes: Iterable[tuple[Mapping[str, int], int]]) -> Counter[str]:
    """Pieces of each offer that a basket wants: its loose lines, and (pieces a box, number of boxes) of its combos."""
    pieces = Counter(loose)
    for box, number in boxes:
        pieces.update({reference: quantity * number for reference, quantity in box.items()})
    return pieces


def boxes_possible(box: Mapping[str, int], free: Mapping[str, int], packaging: int) -> int:
    """How many boxes (0–50) can be promised; an offer that `free` does not name has nothing left."""
    rows = [free.get(reference, 0) // quantity for reference, quantity in box.items()]
    return max(0, min([*rows, packaging, MOST_BOXES])) if rows else 0
