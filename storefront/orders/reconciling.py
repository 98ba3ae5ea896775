"""Bringing our orders in line with Saleor's, whatever was announced: what moved, what is open, what nobody heard of."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from catalog import clock
from catalog.offers.services import refresh_variants
from catalog.saleor.watermarks import compared, known_since
from storefront.checkout import saleor
from storefront.orders.models import Order, State
from storefront.orders.projection import ORDERS, absorb

log = logging.getLogger(__name__)
MOVED, OPEN = "orders", "open orders"  # what was compared
FIRST = timedelta(days=7)  # back, where nothing was ever compared


@dataclass
class OrderDrift:
    """How many orders were read, the numbers of those that were not right here or not here at all, of those that did
    not come from our checkout (staff made them, or the shop was put back to an earlier day), and, by number, why one
    could not be taken in.
    """

    read: int = 0
    changed: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    def add(self, other: "OrderDrift") -> None:
        """Count another comparison in."""
        self.read += other.read
        self.changed += other.changed
        self.unknown += other.unknown
        self.failed |= other.failed


def reconcile(since: datetime | None = None) -> OrderDrift:
    """Absorb every order that moved in Saleor since the last time this ran to its end, and at least since then.

    Raises SaleorUnavailable.
    """
    drift, started = OrderDrift(), clock.now()
    moments = [moment for moment in (since, known_since(MOVED)) if moment]
    pages, asked_at = saleor.orders_since(min(moments, default=started - FIRST)), clock.now()
    while (page := next(pages, None)) is not None:
        _absorb(page, asked_at, drift)
        asked_at = clock.now()
    compared(MOVED, started)
    return drift


def reread_open() -> OrderDrift:
    """Ask for every order that is not at its end, whether it moved or not. Raises SaleorUnavailable."""
    drift, started = OrderDrift(), clock.now()
    ended = (State.HANDED_OVER, State.CANCELLED)
    numbers = dict(Order.objects.exclude(state__in=ended).order_by("pk").values_list("saleor_id", "number"))
    ids = list(numbers)
    for begin in range(0, len(ids), ORDERS):
        lot, asked_at = ids[begin : begin + ORDERS], clock.now()
        told = saleor.fetch_orders(lot)
        _absorb(told, asked_at, drift)
        for lost in set(lot) - {order.id for order in told}:
            log.error("Saleor no longer has the open order %s", numbers[lost])
    compared(OPEN, started)
    return drift


def _absorb(page: Iterable[saleor.SaleorOrder], asked_at: datetime, drift: OrderDrift) -> None:
    """Orders, and the goods of those that were news: what they took from a shelf is announced for no variant.

    One that cannot be taken in is told, and does not hold up the others.
    """
    goods: list[str] = []
    for told in page:
        drift.read += 1
        before = _picture(told.id)
        try:
            order = absorb(told, asked_at)
        except (LookupError, ValueError) as error:  # it holds what we never sold
            log.exception("order %s cannot be taken in", told.number)
            drift.failed[told.number] = f"{type(error).__name__}: {error}"
            continue
        changed = order is not None and _picture(told.id) != before
        if order is None:
            drift.unknown.append(told.number)
        if changed:
            drift.changed.append(told.number)
        if changed or order is None:
            goods += [line.reference for line in told.lines]
    refresh_variants(goods)


def _picture(saleor_id: str) -> tuple[object, ...] | None:
    return Order.objects.filter(saleor_id=saleor_id).values_list("state", "is_paid", "total", "shipping").first()
