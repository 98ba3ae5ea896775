"""What a session brought its host: sums, as the database has them at this moment.

A producer pins its own goods and sees all of them. A sale point pins goods of others: it sees by product what is
collected at its own counter, where it sees those orders anyway; of what producers send it sees pieces only.
Nobody's name, address or single order is in it. Cancelled orders and stopped lines are not.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from catalog import clock
from catalog.livestreams.models import LiveHost, Livestream
from catalog.products.models import Product
from catalog.spreadsheets import safe_cell
from storefront.livestreams.models import BasketOrigin, LivestreamVisits, OrderOrigin, Phase
from storefront.orders.models import Method, State

_GONE = (State.CANCELLING, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Sums:
    """`baskets` and `orders`: how many hold something of the session; `revenue`: đồng with tax, without delivery."""

    baskets: int = 0
    orders: int = 0
    pieces: int = 0
    revenue: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One product, by phase."""

    product: Product
    by_phase: dict[str, Sums]

    @property
    def whole(self) -> Sums:
        """Both phases. An order or basket with lines of both counts in each, and here twice."""
        return _added(self.by_phase)


@dataclass(frozen=True, slots=True)
class Figures:
    """`whole` counts each order and basket once.

    `sent`: pieces that producers send, which this host sees no more of;
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


def sold(session: Livestream) -> QuerySet[OrderOrigin]:
    """Lines that were born from the session and stand."""
    rows = OrderOrigin.objects.filter(livestream=session, order_line__stopped="")
    return rows.exclude(order_line__order__state__in=_GONE)


def seen_by(host: LiveHost) -> Q:
    """The condition on `sold` lines: those that the host sees."""
    if host.producer_id:
        return Q(order_line__producer=host.producer_id)
    return Q(order_line__order__sale_point=host.sale_point_id, order_line__order__method=Method.PICKUP)


def figures(session: Livestream) -> Figures:
    """All of it, now."""
    visits = LivestreamVisits.objects.filter(livestream=session).values_list("phase").annotate(Sum("count"))
    put = BasketOrigin.objects.filter(livestream=session)
    lines = sold(session).filter(seen_by(session.host))
    baskets = dict(put.values_list("phase").annotate(Count("basket", distinct=True)))
    orders = {phase: sums for phase, *sums in _summed(lines.values_list("phase"))}
    whole = lines.aggregate(**_SUMS)
    given = lines.exclude(voucher=None).aggregate(pieces=Sum("order_line__quantity"), off=Sum(_OFF))
    sent = sold(session).exclude(order_line__order__method=Method.PICKUP) if session.host.sale_point_id else None
    return Figures(
        at=clock.now(),
        visits={**dict.fromkeys(Phase.values, 0), **dict(visits)},
        by_phase={phase: Sums(baskets.get(phase, 0), *orders.get(phase, (0, 0, 0))) for phase in Phase.values},
        whole=Sums(
            put.aggregate(n=Count("basket", distinct=True))["n"],
            whole["orders"], whole["pieces"] or 0, whole["revenue"] or 0,
        ),
        rows=_rows(session, put, lines),
        reduced=(given["pieces"] or 0, given["off"] or 0),
        sent=(sent.aggregate(n=Sum("order_line__quantity"))["n"] or 0) if sent is not None else None,
    )  # fmt: skip


_OFF = F("discount") * F("order_line__quantity")
_SUMS = {
    "orders": Count("order_line__order", distinct=True),
    "pieces": Sum("order_line__quantity"),
    "revenue": Sum("order_line__total"),
}


def _summed(lines: QuerySet[OrderOrigin, tuple[object, ...]]) -> QuerySet[OrderOrigin, tuple[object, ...]]:
    return lines.annotate(**_SUMS).order_by()


def _rows(session: Livestream, put: QuerySet[BasketOrigin], lines: QuerySet[OrderOrigin]) -> list[Row]:
    """What is pinned, in its order, then what was and brought something."""
    baskets = {
        (product, phase): count
        for product, phase, count in put.values_list("offer__product", "phase").annotate(Count("basket", distinct=True))
    }
    orders = {
        (product, phase): sums for product, phase, *sums in _summed(lines.values_list("order_line__product", "phase"))
    }
    pinned = [pin.product for pin in session.pins.select_related("product")]
    others = {product for product, _phase in (*baskets, *orders)} - {product.pk for product in pinned}
    return [
        Row(one, {p: Sums(baskets.get((one.pk, p), 0), *orders.get((one.pk, p), (0, 0, 0))) for p in Phase.values})
        for one in (*pinned, *Product.objects.filter(pk__in=others).order_by("name"))
    ]


def _added(sums: dict[str, Sums]) -> Sums:
    parts = sums.values()
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
    names = [_("Giỏ hàng"), _("Đơn"), _("Gói"), _("Tiền hàng (đồng)")]
    yield [_("Sản phẩm"), _("Mã"), *(f"{label}: {name}" for label in Phase.labels for name in names)]
    for row in found.rows:
        sums = [row.by_phase[phase] for phase in Phase.values]
        yield [safe_cell(row.product.name), row.product.code, *_numbers(sums)]
    yield [_("Cả phiên"), "", *_numbers([found.by_phase[phase] for phase in Phase.values])]


def _numbers(sums: list[Sums]) -> list[int]:
    return [number for one in sums for number in (one.baskets, one.orders, one.pieces, one.revenue)]
