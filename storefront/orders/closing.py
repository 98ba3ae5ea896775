"""Telling Saleor that goods were handed over and their cash was taken."""

from collections.abc import Callable

from catalog.saleor.client import SaleorRefused
from catalog.saleor.turns import in_turn
from storefront.checkout import saleor
from storefront.checkout.services import refresh_stock
from storefront.orders.goods import references_of
from storefront.orders.models import Order
from storefront.orders.projection import refresh_order


def turn_of(order: Order) -> str:
    """The turn in which cash of this order is recorded, or its cancellation decided."""
    return f"order-{order.pk}"


def finish_hand_over(order: Order) -> None:
    """Saleor's order becomes paid in cash, then fulfilled from the shelves that it allotted.

    Every step can be repeated; the turn keeps two from recording the same cash. Raises one of `NO_ANSWER`;
    SaleorRefused when Saleor will not have it, which a person must look into.
    """
    with in_turn([turn_of(order)]):
        _tell(order)
    refresh_order(order.saleor_id)
    refresh_stock(references_of(order))
    order.refresh_from_db()


def record_payment(order: Order) -> None:
    """Saleor's order becomes paid in cash before anything of it leaves. A repeat changes nothing. Raises as above.

    Whoever calls it has the order's turn.
    """
    _pay(order)
    refresh_order(order.saleor_id)
    order.refresh_from_db()


def _tell(order: Order) -> None:
    told = _pay(order)
    if told and any(line.to_fulfill for line in told.lines):
        _unless_done(order, lambda: saleor.fulfil(told), lambda now: not any(line.to_fulfill for line in now.lines))


def _pay(order: Order) -> saleor.SaleorOrder | None:
    told = saleor.fetch_order(order.saleor_id)
    if told and not told.is_paid:
        _unless_done(order, lambda: saleor.mark_paid(order.saleor_id, f"CASH-{order.number}"), lambda now: now.is_paid)
    return told


def _unless_done(order: Order, step: Callable[[], None], is_done: Callable[[saleor.SaleorOrder], bool]) -> None:
    try:
        step()
    except SaleorRefused:
        told = saleor.fetch_order(order.saleor_id)  # a second click may have been quicker
        if told is None or not is_done(told):
            raise
