"""What Saleor was too silent for: attempts whose outcome nobody heard, hand-overs and cancellations to be told."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db.models import Q

from catalog import clock
from catalog.saleor.client import SaleorFault, SaleorRefused
from storefront.checkout.attempts import lease, release
from storefront.checkout.errors import OrderInProgress
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.checkout.services import settle
from storefront.orders.closing import finish_hand_over
from storefront.orders.models import Order, State
from storefront.orders.services import finish_cancelling

log = logging.getLogger(__name__)
SETTLED_AFTER = timedelta(minutes=2)
GIVEN_UP_AFTER = timedelta(hours=1)  # the buyer does not press the button again; nothing is to be ordered any more


def finish_all() -> list[str]:
    """Finish what can be finished; the numbers of the orders that Saleor will not let us finish.

    A person must look at those; they hold nothing else up. Raises SaleorUnavailable, PermissionDenied.
    """
    _settle_attempts()
    stuck = []
    for state, finish in ((State.HANDING_OVER, finish_hand_over), (State.CANCELLING, finish_cancelling)):
        stuck += [order.number for order in Order.objects.filter(state=state) if not _finish(order, finish)]
    return stuck


def count_open() -> dict[str, int]:
    """How many of each kind are open."""
    return {
        "attempts": CheckoutAttempt.objects.filter(state=AttemptState.COMPLETING).count(),
        "hand_overs": Order.objects.filter(state=State.HANDING_OVER).count(),
        "cancellations": Order.objects.filter(state=State.CANCELLING).count(),
    }


def _settle_attempts() -> None:
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


def _finish(order: Order, finish: Callable[[Order], None]) -> bool:
    try:
        finish(order)
    except (SaleorFault, SaleorRefused) as error:
        log.error("order %s (%s) cannot be finished in Saleor: %s", order.number, order.state, error)  # noqa: TRY400 - no bug
        return False
    return True
