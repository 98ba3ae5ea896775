"""Working off the inbox: each object once, however many messages name it, and by one worker at a time.

A worker claims the objects that have waited longest with all their messages. An object that somebody holds is left
alone, so that two workers never ask for it side by side; what comes about it meanwhile is claimed once it is free.
"""

import logging
import os
import secrets
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Max, Q

from catalog import clock
from catalog.outbox.services import LEASE, MAX_BACKOFF_SECONDS, wake
from catalog.saleor.errors import NOT_NOW
from catalog.saleor.models import Inbox, InboxMessage
from catalog.saleor.webhooks.receiving import TOPIC
from catalog.saleor.webhooks.registry import HANDLERS, Handler, Later

log = logging.getLogger(__name__)
OBJECTS = 100  # at once: what Saleor answers in one page
MOST_ATTEMPTS = 20  # about two hours; then the message is given up, and reconciliation has to find the change
KEEP, KEEP_GIVEN_UP = timedelta(days=7), timedelta(days=90)
SOON = timedelta(seconds=5)
CLAIMING = (7308, 0)  # the advisory lock in PostgreSQL under which messages are leased
OUTAGE = (*NOT_NOW, OperationalError, InterfaceError)


@dataclass
class Lot:
    """Objects for one handler, and the events that named them. Without a handler nobody cares any more."""

    handler: Handler | None
    events: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)


def process_inbox() -> int:
    """Work off the messages of up to `OBJECTS` objects. Returns how many objects are done; 0: no use in going on now.

    What a handler cannot do gives its messages back, due again after a growing wait; after `MOST_ATTEMPTS` they are
    given up. Raises what is NOT_NOW, or the database's own error, which are no message's fault: then all that is left
    is given back uncounted.
    """
    owner, lots = _claim()
    done = 0
    try:
        for lot in lots:
            failed = _work(lot.handler, sorted(lot.keys)) if lot.handler else {}
            done += len(lot.keys) - len(failed)
            _held(owner, lot, lot.keys - failed.keys()).update(done_at=clock.now(), leased_until=None, last_error="")
            for key, error in failed.items():
                _settle_failure(_held(owner, lot, [key]), error)
    except OUTAGE as outage:
        _give_back(InboxMessage.objects.waiting().filter(lease_owner=owner), str(outage))
        raise
    return done


def replay(*, since: datetime | None = None, event: str = "", given_up: bool = False) -> int:
    """Have messages worked off once more: those received since then, of this event, given up. Returns how many."""
    chosen = InboxMessage.objects.ended()
    if since:
        chosen = chosen.filter(received_at__gte=since)
    if event:
        chosen = chosen.filter(event=event)
    if given_up:
        chosen = chosen.given_up()
    count = chosen.reopen(clock.now())
    if count:
        wake(TOPIC)
    return count


def purge_inbox() -> int:
    """Forget messages that were done a week ago, or given up three months ago. Returns how many."""
    now = clock.now()
    old = Q(done_at__lt=now - KEEP) | Q(given_up_at__lt=now - KEEP_GIVEN_UP)
    return InboxMessage.objects.filter(old).delete()[0]


def _claim() -> tuple[str, list[Lot]]:
    """Lease the objects whose messages have waited longest, with every message of theirs that is due."""
    owner, now = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}", clock.now()
    waiting = InboxMessage.objects.waiting()
    free = waiting.filter(Q(leased_until=None) | Q(leased_until__lt=now), available_at__lte=now)
    if not free.exists():  # spares SQLite the write lock while idle
        return owner, []
    with transaction.atomic():
        _one_at_a_time()
        held = waiting.filter(leased_until__gte=now).values("key")
        oldest = free.exclude(key__in=held).order_by("pk").values_list("key", flat=True)[: OBJECTS * 10]
        mine = free.filter(key__in=list(dict.fromkeys(oldest))[:OBJECTS])
        pairs = list(mine.values_list("event", "key").distinct())
        mine.update(lease_owner=owner, leased_until=now + LEASE, attempts=F("attempts") + 1)
    lots: dict[Handler | None, Lot] = {}
    for event, key in pairs:
        handler = HANDLERS.get(event)
        lot = lots.setdefault(handler, Lot(handler))
        lot.events.add(event)
        lot.keys.add(key)
    return owner, list(lots.values())


def _one_at_a_time() -> None:
    """In PostgreSQL one worker leases at a time, for some milliseconds; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", CLAIMING)


def _work(handler: Handler, keys: Sequence[str]) -> dict[str, Exception]:
    """Call the handler with all keys; where it fails, with each half, down to the one that is to blame.

    Returns the keys that failed, with the reason. Raises OUTAGE.
    """
    try:
        handler(keys)
    except OUTAGE:
        raise
    except Later as later:
        return dict.fromkeys(keys, later)
    except Exception as error:  # whatever it is, the messages must come back
        if len(keys) == 1:
            log.warning("the inbox could not work off %s", keys[0], exc_info=True)
            return {keys[0]: error}
        half = len(keys) // 2
        return _work(handler, keys[:half]) | _work(handler, keys[half:])
    return {}


def _held(owner: str, lot: Lot, keys: Iterable[str]) -> Inbox:
    return InboxMessage.objects.waiting().filter(lease_owner=owner, event__in=lot.events, key__in=list(keys))


def _settle_failure(messages: Inbox, error: Exception) -> None:
    """Messages of one object: due again after a wait, or given up."""
    if isinstance(error, Later):
        _give_back(messages, str(error))
        return
    now, why = clock.now(), f"{type(error).__name__}: {error}"[:500]
    free = {"leased_until": None, "lease_owner": "", "last_error": why}
    if ended := messages.filter(attempts__gte=MOST_ATTEMPTS).update(given_up_at=now, **free):
        log.error("given up after %s attempts: %s messages: %s", MOST_ATTEMPTS, ended, why)
    attempts = messages.aggregate(most=Max("attempts"))["most"] or 0
    wait = timedelta(seconds=min(2**attempts, MAX_BACKOFF_SECONDS))
    messages.update(available_at=now + wait, **free)


def _give_back(messages: Inbox, reason: str) -> None:
    """Due again soon, and the attempt does not count."""
    free = {"leased_until": None, "lease_owner": "", "last_error": reason[:500]}
    messages.update(available_at=clock.now() + SOON, attempts=F("attempts") - 1, **free)
