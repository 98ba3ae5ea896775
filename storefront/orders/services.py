"""What happens to an order after it is made: cancelled, looked after, found again."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from catalog import clock
from catalog.saleor.client import NO_ANSWER, SaleorFault, SaleorRefused
from storefront.checkout import saleor
from storefront.checkout.attempts import lease, release
from storefront.checkout.errors import OrderInProgress
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.checkout.services import refresh_stock, settle
from storefront.orders.closing import finish_hand_over
from storefront.orders.errors import TooLateToCancel
from storefront.orders.models import Order, State
from storefront.orders.projection import absorb, refresh_order

log = logging.getLogger(__name__)
SETTLED_AFTER = timedelta(minutes=2)
GIVEN_UP_AFTER = timedelta(hours=1)  # the buyer does not press the button again; nothing is to be ordered any more


def cancel(order: Order) -> None:
    """The buyer cancels an order that nobody has packed. A repeat changes nothing.

    Decided here and shown at once; when Saleor is silent now, reconciliation tells it. Raises TooLateToCancel.
    """
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if may_cancel(locked):
            locked.state = State.CANCELLING
            locked.save(update_fields=["state"])
        elif locked.state not in (State.CANCELLING, State.CANCELLED):
            raise TooLateToCancel
    try:
        finish_cancelling(order)
    except NO_ANSWER:
        log.warning("order %s is to be cancelled once Saleor answers", order.number)


def may_cancel(order: Order) -> bool:
    """Nobody has packed, sent or paid any of it."""
    return order.state == State.PLACED and not order.is_paid and not order.lines.exclude(sent_at=None).exists()


def finish_cancelling(order: Order) -> None:
    """Tell Saleor of a cancelled order, and believe what it then says of it."""
    order.refresh_from_db()
    if order.state != State.CANCELLING:
        return
    try:
        saleor.cancel(order.saleor_id)
    except SaleorRefused as refused:  # cancelled already, or fulfilled by somebody in the meantime
        log.warning("order %s: %s", order.number, refused)
    refresh_order(order.saleor_id)
    refresh_stock(line.offer.external_reference for line in order.lines.select_related("offer__product"))
    order.refresh_from_db()
    if order.state == State.CANCELLING:
        log.error("order %s cannot be cancelled in Saleor", order.number)


@dataclass
class OrderDrift:
    """How many orders were read; the numbers of those that we had missed or that were not right here, and of those
    that Saleor will not let us finish: a person must look at these."""

    read: int = 0
    changed: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)


def reconcile(since: datetime) -> OrderDrift:
    """Absorb every order of Saleor's that moved since then, and finish whatever Saleor was too silent for.

    What makes Saleor stumble holds nothing else up. Raises SaleorUnavailable, PermissionDenied.
    """
    drift, asked_at = OrderDrift(), clock.now()
    for told in saleor.orders_since(since):
        before = _picture(told.id)
        if (order := absorb(told, asked_at)) and _picture(told.id) != before:
            drift.changed.append(order.number)
            refresh_stock(line.offer.external_reference for line in order.lines.select_related("offer__product"))
        drift.read += 1
    _settle_old_attempts()
    for order in Order.objects.filter(state=State.HANDING_OVER):
        _finish(order, finish_hand_over, drift)
    for order in Order.objects.filter(state=State.CANCELLING):
        _finish(order, finish_cancelling, drift)
    return drift


def _settle_old_attempts() -> None:
    now = clock.now()
    unknown = CheckoutAttempt.objects.filter(state=AttemptState.COMPLETING, updated_at__lt=now - SETTLED_AFTER)
    for attempt in unknown.filter(Q(leased_until=None) | Q(leased_until__lt=now)):
        if lease(attempt):
            try:
                settle(attempt, for_good=attempt.updated_at < now - GIVEN_UP_AFTER)
            except (SaleorFault, OrderInProgress):
                log.exception("attempt %s is still not settled", attempt.pk)
            finally:
                release(attempt)


def _finish(order: Order, finish: Callable[[Order], None], drift: OrderDrift) -> None:
    try:
        finish(order)
    except (SaleorFault, SaleorRefused) as error:
        log.error("order %s (%s) cannot be finished in Saleor: %s", order.number, order.state, error)  # noqa: TRY400 - no bug
        drift.stuck.append(order.number)


def _picture(saleor_id: str) -> tuple[object, ...] | None:
    return Order.objects.filter(saleor_id=saleor_id).values_list("state", "is_paid", "total", "shipping").first()
