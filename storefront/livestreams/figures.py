"""What a session brought its host: sums, as the database has them at this moment.

A producer pins its own goods and sees all of them, and of a combo its own share. A sale point pins goods of others: it
sees by product what is collected at its own counter, and the boxes that it packs, where it sees those orders anyway; of
what others send it sees pieces only. A combo is a row of its own, and what is in it is not told again by product.
Nobody's name, address or single order is in it. Cancelled orders and stopped lines are not, nor boxes with such a line.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from catalog import clock
from catalog.combos.models import Combo
from catalog.livestreams.models import LiveHost, Livestream
from catalog.products.models import Product
from catalog.spreadsheets import safe_cell
from storefront.livestreams.models import BasketOrigin, BoxOrigin, LivestreamVisits, OrderOrigin, Phase
from storefront.orders.models import Method, OrderBox, OrderLine, State

_GONE = (State.CANCELLING, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Sums:
    """`baskets` and `orders`: how many hold something of the session; `pieces`: packs, and boxes of combos;
    `revenue`: đồng with tax, without delivery."""

    baskets: int = 0
    orders: int = 0
    pieces: int = 0
    revenue: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One product or combo, by phase."""

    of: Product | Combo
    by_phase: dict[str, Sums]

    @property
    def name(self) -> str:
        """The product's name, or the combo's title in the active language."""
        return self.of.told_title if isinstance(self.of, Combo) else self.of.name

    @property
    def is_combo(self) -> bool:
        """Its pieces are boxes."""
        return isinstance(self.of, Combo)

    @property
    def whole(self) -> Sums:
        """Both phases. An order or basket with lines of both counts in each, and here twice."""
        return _added(self.by_phase.values())


@dataclass(frozen=True, slots=True)
class Figures:
    """`whole` counts each order and basket once.

    `sent`: pieces and boxes that others send, which this host sees no more of;
    `reduced`: pieces sold with the voucher, and the đồng that it took off.
    """

    at: datetime
    visits: dict[str, int]
    by_phase: dict[str, Sums]
    whole: Sums
    rows: list[Row] = field(default_factory=list)
    sent: int | None = None
    reduced: tuple[int, int] = (0, 0)

    @property
    def visits_in_all(self) -> int:
        """Visits of all days."""
        return sum(self.visits.values())

    @property
    def has_combos(self) -> bool:
        """Is any row a combo's?"""
        return any(row.is_combo for row in self.rows)


def sold(session: Livestream) -> QuerySet[OrderOrigin]:
    """Lines that were born from the session and stand, with those of boxes of which every line stands."""
    fallen = OrderLine.objects.filter(box=OuterRef("order_line__box")).exclude(stopped="")
    rows = OrderOrigin.objects.filter(~Exists(fallen), livestream=session, order_line__stopped="")
    return rows.exclude(order_line__order__state__in=_GONE)


def seen_by(host: LiveHost) -> Q:
    """The condition on `sold` lines: those that the host sees."""
    if host.producer_id:
        return Q(order_line__producer=host.producer_id)
    at_the_counter = Q(order_line__order__sale_point=host.sale_point_id, order_line__order__method=Method.PICKUP)
    return (_LOOSE & at_the_counter) | Q(order_line__box__sale_point=host.sale_point_id)


def figures(session: Livestream) -> Figures:
    """All of it, now."""
    visits = LivestreamVisits.objects.filter(livestream=session).values_list("phase").annotate(Sum("count"))
    lines = sold(session).filter(seen_by(session.host))
    baskets, boxes = _baskets(session), _boxes(session, lines)
    orders = {phase: Sums(0, *sums) for phase, *sums in _summed(lines.values_list("phase"))}
    by_phase = {}
    for phase in Phase.values:
        parts = [Sums(baskets.by_phase[phase]), orders.get(phase, Sums())]
        packed = [Sums(0, 0, one.number, one.packaging) for (_combo, at), one in boxes.items() if at == phase]
        by_phase[phase] = _added([*parts, *packed])
    both = _added(by_phase.values())
    whole = lines.aggregate(orders=_SUMS["orders"])
    given = lines.exclude(voucher=None).aggregate(pieces=Sum("order_line__quantity"), off=Sum(_OFF))
    return Figures(
        at=clock.now(),
        visits={**dict.fromkeys(Phase.values, 0), **dict(visits)},
        by_phase=by_phase,
        whole=Sums(baskets.whole, whole["orders"], both.pieces, both.revenue),
        rows=_rows(session, lines, baskets, boxes),
        reduced=(given["pieces"] or 0, given["off"] or 0),
        sent=_sent(session) if session.host.sale_point_id else None,
    )


_LOOSE = Q(order_line__box=None)
_OFF = F("discount") * F("order_line__quantity")
_SUMS = {
    "orders": Count("order_line__order", distinct=True),
    "pieces": Sum("order_line__quantity", filter=_LOOSE, default=0),
    "revenue": Sum("order_line__total", default=0),
}
_Key = tuple[type[Product | Combo], int, str]  # what, its primary key, phase


def _summed(lines: QuerySet[OrderOrigin, tuple[object, ...]]) -> QuerySet[OrderOrigin, tuple[object, ...]]:
    return lines.annotate(**_SUMS).order_by()


def _sent(session: Livestream) -> int:
    """Packs that producers send, and boxes that other points pack and send."""
    away = sold(session).exclude(order_line__order__method=Method.PICKUP)
    loose = away.filter(_LOOSE).aggregate(n=Sum("order_line__quantity", default=0))["n"]
    numbers = away.exclude(order_line__box__sale_point=session.host.sale_point_id).values("order_line__box")
    return int(loose + OrderBox.objects.filter(pk__in=numbers).aggregate(n=Sum("quantity", default=0))["n"])


@dataclass(frozen=True, slots=True)
class _Baskets:
    """How many baskets hold something of the session; each counts once in each of these."""

    by_row: Counter[_Key]
    by_phase: Counter[str]
    whole: int


def _baskets(session: Livestream) -> _Baskets:
    """Rows of products are counted by the database; baskets with boxes are few, and looked at beside them."""
    put = BasketOrigin.objects.filter(livestream=session)
    rows = put.values_list("offer__product", "phase").annotate(Count("basket", distinct=True))
    by_row = Counter[_Key]({(Product, product, phase): count for product, phase, count in rows})
    by_phase = Counter[str](dict(put.values_list("phase").annotate(Count("basket", distinct=True))))
    whole = put.aggregate(n=Count("basket", distinct=True))["n"]
    same = put.filter(basket=OuterRef("basket"))
    boxed = BoxOrigin.objects.filter(livestream=session).annotate(
        known=Exists(same.filter(phase=OuterRef("phase"))), ever=Exists(same)
    )
    found = set(boxed.values_list("combo", "phase", "basket", "known", "ever"))
    by_row.update((Combo, combo, phase) for combo, phase in [one[:2] for one in found])
    by_phase.update(phase for phase, _basket in {one[1:3] for one in found if not one[3]})
    return _Baskets(by_row, by_phase, whole + len({one[2] for one in found if not one[4]}))


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Boxes of a combo that were sold; `packaging`: đồng for it, where the host packs them."""

    number: int
    packaging: int


def _boxes(session: Livestream, lines: QuerySet[OrderOrigin]) -> dict[tuple[int, str], _Boxes]:
    """By combo and phase. A box has several of these lines, of one phase."""
    origin = OrderOrigin.objects.filter(livestream=session, order_line__box=OuterRef("pk"))
    found = OrderBox.objects.filter(pk__in=lines.exclude(_LOOSE).values("order_line__box"))
    found = found.annotate(phase=Subquery(origin.values("phase")[:1])).order_by()
    sums = {"boxes": Sum("quantity"), "packed_for": Sum(F("packaging_price") * F("quantity"))}
    rows = found.values_list("combo", "phase").annotate(**sums)
    packs = session.host.sale_point_id is not None
    return {(combo, phase): _Boxes(number, packaging if packs else 0) for combo, phase, number, packaging in rows}


def _orders(lines: QuerySet[OrderOrigin], boxes: dict[tuple[int, str], _Boxes]) -> dict[_Key, Sums]:
    """Loose lines by product, the others by combo."""
    loose = _summed(lines.filter(_LOOSE).values_list("order_line__product", "phase"))
    found: dict[_Key, Sums] = {(Product, product, phase): Sums(0, *sums) for product, phase, *sums in loose}
    inside = _summed(lines.exclude(_LOOSE).values_list("order_line__box__combo", "phase"))
    for combo, phase, orders, _pieces, money in inside:
        box = boxes[combo, phase]
        found[Combo, combo, phase] = Sums(0, orders, box.number, money + box.packaging)
    return found


def _rows(
    session: Livestream, lines: QuerySet[OrderOrigin], baskets: _Baskets, boxes: dict[tuple[int, str], _Boxes]
) -> list[Row]:
    """What is pinned, in its order, then what was and brought something."""
    orders = _orders(lines, boxes)
    pinned = [pin.product or pin.combo for pin in session.pins.select_related("product", "combo")]
    others = {key[:2] for key in (*baskets.by_row, *orders)} - {(type(one), one.pk) for one in pinned if one}
    rest = [
        *Product.objects.filter(pk__in=[pk for kind, pk in others if kind is Product]).order_by("name"),
        *Combo.objects.filter(pk__in=[pk for kind, pk in others if kind is Combo]).order_by("title"),
    ]
    rows = []
    for one in filter(None, (*pinned, *rest)):
        keys = {phase: (type(one), one.pk, phase) for phase in Phase.values}
        sums = {phase: _added([Sums(baskets.by_row[key]), orders.get(key, Sums())]) for phase, key in keys.items()}
        rows.append(Row(one, sums))
    return rows


def _added(sums: Iterable[Sums]) -> Sums:
    parts = list(sums)
    return Sums(
        sum(one.baskets for one in parts), sum(one.orders for one in parts),
        sum(one.pieces for one in parts), sum(one.revenue for one in parts),
    )  # fmt: skip


def as_csv(found: Figures) -> str:
    """Comma-separated, with a mark of its encoding, so that spreadsheets read Vietnamese."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(_cells(found))
    return f"\ufeff{text.getvalue()}"


def _cells(found: Figures) -> Iterator[list[str | int]]:
    names = [_("Giỏ hàng"), _("Đơn"), _("Gói, hộp"), _("Tiền hàng (đồng)")]
    yield [_("Sản phẩm"), _("Mã"), *(f"{label}: {name}" for label in Phase.labels for name in names)]
    for row in found.rows:
        sums = [row.by_phase[phase] for phase in Phase.values]
        name = _("Combo: {title}").format(title=row.name) if row.is_combo else row.name
        yield [safe_cell(name), row.of.code, *_numbers(sums)]
    yield [_("Cả phiên"), "", *_numbers([found.by_phase[phase] for phase in Phase.values])]


def _numbers(sums: list[Sums]) -> list[int]:
    return [number for one in sums for number in (one.baskets, one.orders, one.pieces, one.revenue)]
