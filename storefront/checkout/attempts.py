"""One basket revision, one attempt: who works on it, and since when Saleor may have made the order."""

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from catalog import clock
from catalog.saleor import patience
from storefront.basket.models import Basket
from storefront.basket.services import BasketView, see
from storefront.checkout.errors import BasketChanged, OrderInProgress
from storefront.checkout.models import AttemptState, CheckoutAttempt

LEASE = timedelta(seconds=120)  # longer than all calls to Saleor of one attempt with their retries
PATIENCE_SECONDS, PAUSE_SECONDS = 15, 0.25  # how long a second click waits for the first


@dataclass(frozen=True, slots=True)
class Hold:
    """An attempt that this worker alone may bring forward, and the basket as it is."""

    attempt: CheckoutAttempt
    view: BasketView


def hold(basket: Basket, revision: int) -> Hold:
    """Lease the attempt for this revision, waiting a while for another request that holds it.

    A finished attempt is returned as it is. Raises BasketChanged, OrderInProgress, SaleorUnavailable.
    """
    deadline = time.monotonic() + patience.at_most(PATIENCE_SECONDS)
    while True:
        held = _try_hold(basket, revision)
        if held:
            return held
        if time.monotonic() > deadline:
            raise OrderInProgress
        time.sleep(PAUSE_SECONDS)


@transaction.atomic
def _try_hold(basket: Basket, revision: int) -> Hold | None:
    locked = Basket.objects.select_for_update().get(pk=basket.pk)
    attempt = CheckoutAttempt.objects.select_related("order").filter(basket=locked, revision=revision).first()
    view = see(locked)
    if attempt and attempt.state == AttemptState.DONE:
        return Hold(attempt, view)
    if locked.revision != revision or not view.rows:
        raise BasketChanged
    attempt = attempt or CheckoutAttempt.objects.create(basket=locked, revision=revision)
    return Hold(attempt, view) if lease(attempt) else None


def lease(attempt: CheckoutAttempt) -> bool:
    """Take the attempt for `LEASE`, unless another worker has it."""
    owner, now = secrets.token_hex(8), clock.now()
    free = CheckoutAttempt.objects.filter(pk=attempt.pk).filter(Q(leased_until=None) | Q(leased_until__lt=now))
    if not free.update(lease_owner=owner, leased_until=now + LEASE):
        return False
    attempt.refresh_from_db()
    return True


def release(attempt: CheckoutAttempt) -> None:
    """Give the attempt back, if it is still ours."""
    CheckoutAttempt.objects.filter(pk=attempt.pk, lease_owner=attempt.lease_owner).update(leased_until=None)


def change(attempt: CheckoutAttempt, **facts: Any) -> None:
    """Write facts while the attempt is ours. A worker that was too slow, and lost it, stops here."""
    mine = CheckoutAttempt.objects.filter(pk=attempt.pk, lease_owner=attempt.lease_owner)
    if not mine.update(updated_at=clock.now(), **facts):
        raise OrderInProgress
    for name, value in facts.items():
        setattr(attempt, name, value)
