"""What an order is made of: loose lines, and boxes with their parts."""

from collections.abc import Iterable
from dataclasses import dataclass

from storefront.orders.models import Order, OrderBox, OrderLine


@dataclass(frozen=True, slots=True)
class Part:
    """Goods of an offer in a box: `pieces` in one of them, `total` đồng in all; any of its lines stands for it."""

    line: OrderLine
    pieces: int
    total: int


@dataclass(frozen=True, slots=True)
class Packed:
    """Equal boxes with the parts of one of them."""

    box: OrderBox
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """Đồng for all of them, packaging included."""
        return sum(part.total for part in self.parts) + self.box.packaging_price * self.box.quantity

    @property
    def stopped(self) -> bool:
        """A part's certificate fell."""
        return any(part.line.stopped for part in self.parts)


@dataclass(frozen=True, slots=True)
class Goods:
    """An order's goods."""

    loose: tuple[OrderLine, ...]
    boxes: tuple[Packed, ...]


def goods_of(order: Order) -> Goods:
    """All of it, in two queries."""
    lines = list(
        order.lines.select_related(
            "product__current", "producer", "recognition", "shelf__producer", "shelf__sale_point"
        )
    )
    boxes = list(order.boxes.select_related("sale_point", "packaging")) if any(line.box_id for line in lines) else []
    packed = tuple(Packed(box, parts_of(box, (line for line in lines if line.box_id == box.pk))) for box in boxes)
    return Goods(tuple(line for line in lines if line.box_id is None), packed)


def parts_of(box: OrderBox, lines: Iterable[OrderLine]) -> tuple[Part, ...]:
    """Its lines by offer: pieces of one may cost a đồng more than others."""
    parts: dict[int, Part] = {}
    for line in lines:
        known = parts.get(line.offer_id)
        pieces = line.quantity // box.quantity + (known.pieces if known else 0)
        parts[line.offer_id] = Part(known.line if known else line, pieces, line.total + (known.total if known else 0))
    return tuple(parts.values())


def references_of(order: Order) -> set[str]:
    """The offers and packagings whose stock it holds."""
    lines, boxes = order.lines.select_related("offer__product"), order.boxes.select_related("packaging")
    return {line.offer.external_reference for line in lines} | {box.packaging.external_reference for box in boxes}
