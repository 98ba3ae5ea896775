"""What a combo costs, and what each part of it costs. Pure; whole đồng throughout.

The discount is spread over the parts, and within a part over its pieces, by largest remainder: the lines add up to the
total to the đồng, and a single piece can be refunded at the price that stands on its line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from catalog.combos.errors import BadDiscount, NoParts

MOST_PERCENT: Final = 50


@dataclass(frozen=True, slots=True)
class Part:
    """Pieces of an offer in one box; `price` is đồng a piece, tax included, as it is sold alone."""

    reference: str
    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class Discount:
    """`percent` off the sum of the parts, or the parts together at the `fixed` price (đồng); neither: no discount."""

    percent: int = 0
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces of one part at one price, as they go to Saleor."""

    reference: str
    quantity: int
    price: int

    @property
    def total(self) -> int:
        """Đồng."""
        return self.quantity * self.price


@dataclass(frozen=True, slots=True)
class Price:
    """What one box costs, in đồng: its parts bought alone, its goods in the box, its packaging."""

    alone: int
    goods: int
    packaging: int

    @property
    def total(self) -> int:
        """What the buyer pays before delivery."""
        return self.goods + self.packaging

    @property
    def saving(self) -> int:
        """Less than the parts alone, which come without packaging; never below zero."""
        return max(0, self.alone - self.total)


def price(parts: Sequence[Part], discount: Discount, packaging: int) -> Price:
    """What a box of these parts costs today. Raises NoParts, BadDiscount.

    A percentage is taken off in whole đồng, rounded in the buyer's favour. A fixed price at or above the sum of the
    parts is no discount, and one below half of it is more than may be taken off (Nghị định 81/2018/NĐ-CP, Điều 7): as
    the parts' prices moved, so moved the box, which is then not sold.
    """
    if not parts:
        raise NoParts
    alone = sum(part.price * part.quantity for part in parts)
    if discount.fixed is not None:
        if not alone * (100 - MOST_PERCENT) <= discount.fixed * 100 < alone * 100:
            raise BadDiscount(fixed=discount.fixed, alone=alone, most=MOST_PERCENT)
        return Price(alone, discount.fixed, packaging)
    if not 0 <= discount.percent <= MOST_PERCENT:
        raise BadDiscount(fixed=discount.percent, alone=alone, most=MOST_PERCENT)
    return Price(alone, alone * (100 - discount.percent) // 100, packaging)


def lowest(price: int, discount: Discount, alone: int) -> int:
    """The least (đồng) that a piece sold alone at `price` can get, whatever else the box holds; below it by no more
    than rounding takes.

    A percentage: its own less than two đồng, since both the sum and its shares are rounded. A fixed price: its part of
    a box whose pieces cost at most `alone` đồng bought alone.
    """
    if discount.fixed is not None:
        return discount.fixed * price // alone
    return max(0, price * (100 - discount.percent) // 100 - 1) if discount.percent else price


def lines(parts: Sequence[Part], goods: int, boxes: int = 1) -> list[Line]:
    """The lines of so many boxes whose goods cost `goods` đồng each; a part whose pieces differ by a đồng has two.

    Every box is the same, so that any of them can be returned at the same price.
    """
    shares = split(goods, [part.price * part.quantity for part in parts])
    made = []
    for part, share in zip(parts, shares, strict=True):
        low, dearer = divmod(share, part.quantity)
        for count, each in ((dearer, low + 1), (part.quantity - dearer, low)):
            if count:
                made.append(Line(part.reference, count * boxes, each))
    return made


def split(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole shares as the weights are (Hamilton's method); of equal remainders the first gains.

    No share is more than one off the exact one, and none above its weight as long as `total` is not above their sum.
    """
    whole = sum(weights)
    exact = [divmod(total * weight, whole) for weight in weights]
    shares = [quotient for quotient, _ in exact]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-exact[place][1], place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares
