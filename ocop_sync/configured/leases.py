"""A lease that is renewed for as long as the process that works lives: when it is killed, the lease runs out."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from catalog import clock
from catalog.outbox.services import LEASE
from ocop_sync.configured.models import SourceSchedule

EVERY = LEASE.total_seconds() / 4  # a database that is away for half a minute costs no lease
log = logging.getLogger(__name__)


@contextmanager
def renewed(row: SourceSchedule) -> Iterator[None]:
    """Keep the lease of `row` while the block runs, from a thread: reading a source may be silent for long."""
    done = threading.Event()
    thread = threading.Thread(target=_keep, args=(row.pk, row.lease_owner, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _keep(pk: int, owner: str, done: threading.Event) -> None:
    try:
        while not done.wait(EVERY):
            try:
                mine = SourceSchedule.objects.filter(pk=pk, lease_owner=owner)
                if not mine.update(leased_until=clock.now() + LEASE):
                    return
            except DatabaseError as error:
                log.warning("the lease of a sync could not be renewed: %s", error)
                connection.close()
    finally:
        connection.close()
