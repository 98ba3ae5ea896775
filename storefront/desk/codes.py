"""Reading a pickup code. Wrong ones slow down the order and the member of staff, by rows that two workers share."""

from datetime import timedelta

from django.db import transaction

from catalog import clock
from catalog.people.models import User
from storefront.desk.errors import CodeLocked, WrongCode
from storefront.desk.models import CodeLock
from storefront.orders.models import Order
from storefront.orders.pickup import is_code_of

FREE_FOR_ORDER, FREE_FOR_STAFF = 3, 8  # wrong codes before the first wait
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 30, 3600
FORGOTTEN_AFTER = timedelta(days=1)


def check_code(order: Order, staff: User, typed: str) -> None:
    """Say nothing for the right code. Raises `WrongCode`, `CodeLocked`; a wrong code is counted before it is told.

    Each further wrong code doubles the wait, from 30 seconds up to an hour. A right code does not forgive a member
    of staff the wrong ones for other orders.
    """
    with transaction.atomic():
        locks = _locked(f"order:{order.pk}", f"staff:{staff.pk}")
        refusal = _still_locked(locks) or (None if is_code_of(order, typed) else _count(locks))
    if refusal:
        raise refusal


def _locked(*keys: str) -> list[CodeLock]:
    for key in keys:
        CodeLock.objects.get_or_create(key=key)
    return list(CodeLock.objects.select_for_update().filter(key__in=keys).order_by("key"))  # order, then staff


def _still_locked(locks: list[CodeLock]) -> CodeLocked | None:
    now = clock.now()
    waits = [(lock.locked_until - now).total_seconds() for lock in locks if lock.locked_until]
    longest = max(waits, default=0)
    return CodeLocked(seconds=int(longest) + 1) if longest > 0 else None


def _count(locks: list[CodeLock]) -> WrongCode:
    now = clock.now()
    for lock, free in zip(locks, (FREE_FOR_ORDER, FREE_FOR_STAFF), strict=True):
        if lock.failed_at and now - lock.failed_at > FORGOTTEN_AFTER:
            lock.failures = 0
        lock.failures += 1
        lock.failed_at = now
        if lock.failures >= free:
            wait = min(FIRST_WAIT_SECONDS * 2 ** min(lock.failures - free, 12), LONGEST_WAIT_SECONDS)
            lock.locked_until = now + timedelta(seconds=wait)
        lock.save()
    return WrongCode()
