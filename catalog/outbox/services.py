"""Emit, claim, finish, retry. Delivery is at least once: every consumer must bear a repeat."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

from django.db import connection, models, transaction
from django.db.models import Q

from catalog import clock
from catalog.bulk import insert_rows, update_all
from catalog.outbox.models import Leased, OutboxRow

LEASE = timedelta(seconds=60)
MAX_BACKOFF_SECONDS = 600

_wakers: dict[str, Callable[[], None]] = {}
Row = TypeVar("Row", bound=Leased)


def on_wake(topic: str, waker: Callable[[], None]) -> None:
    """Let `waker` be called after a commit that emitted rows of `topic`. It only wakes: due rows are swept anyway."""
    _wakers[topic] = waker


def emit(topic: str, keys: Iterable[str], payload: dict[str, object] | None = None) -> None:
    """Write one row a key for the consumer `topic`, in the caller's transaction."""
    now = clock.now()
    rows = ((topic, key, payload or {}, now) for key in keys)
    if insert_rows(OutboxRow, ("topic", "key", "payload", "available_at"), rows):
        wake(topic)


def wake(topic: str) -> None:
    """Call the waker of `topic`, if there is one, once the caller's transaction has been committed."""
    if waker := _wakers.get(topic):
        transaction.on_commit(waker, robust=True)


def claim(topic: str, owner: str, limit: int = 200) -> list[OutboxRow]:
    """Lease up to `limit` due rows of `topic`, oldest first."""
    return claim_rows(OutboxRow.objects.filter(topic=topic), owner, limit)


def claim_rows(queue: models.QuerySet[Row], owner: str, limit: int) -> list[Row]:
    """Lease up to `limit` due rows of a leased queue in id order; two workers never hold one row at once.

    `owner` names the worker (host, process and a nonce). A lease lasts `LEASE`; then another worker may take over.
    """
    now = clock.now()
    due = queue.filter(available_at__lte=now).filter(Q(leased_until__isnull=True) | Q(leased_until__lt=now))
    if not due.exists():  # spares SQLite the write lock while idle
        return []
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        rows = list(due.order_by("pk")[:limit])
        for row in rows:
            row.attempts += 1
            row.lease_owner = owner
            row.leased_until = now + LEASE
        update_all(rows, ["attempts", "lease_owner", "leased_until"])
    return rows


def finish(rows: Sequence[Leased]) -> None:
    """The work is done: delete the rows of one claim, unless a lease ran out and another worker holds it now."""
    if rows:
        owned = type(rows[0])._default_manager.filter(lease_owner=rows[0].lease_owner)
        owned.filter(pk__in=[row.pk for row in rows]).delete()


def retry(row: Leased, error: str) -> None:
    """The work failed: give the row back, due again after 2, 4, 8 … seconds, at most ten minutes."""
    wait = min(2**row.attempts, MAX_BACKOFF_SECONDS)
    type(row)._default_manager.filter(pk=row.pk, lease_owner=row.lease_owner).update(
        leased_until=None, lease_owner="", last_error=error[:500], available_at=clock.now() + timedelta(seconds=wait)
    )
