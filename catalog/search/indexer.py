"""The indexer: the only writer of the index, by a lease. It looks into the outbox; whoever changes a listing writes
its row there in the same transaction, and cannot forget to wake anybody."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

from catalog.errors import ShopError
from catalog.search.lease import lease
from catalog.search.services import apply_due, bring_up_to_date, engine

log = logging.getLogger(__name__)
LOOK_EVERY = 0.05  # seconds
WAIT_FOR_LEASE = 1.0
AFTER_FAILURE = 2.0
CHECK_EVERY = 60.0  # whether the index is there and whole at all


def run_forever(stop: threading.Event, alive: Callable[[], None] = lambda: None) -> None:
    """Keep the index up to date until `stop` is set; waits while another process holds the lease.

    `alive` is called as long as the loop turns.
    """
    while not stop.is_set():
        alive()
        with lease(WAIT_FOR_LEASE) as held:
            if held is None:
                continue
            try:
                checked = float("-inf")
                while not stop.is_set() and not held.lost():
                    if time.monotonic() - checked >= CHECK_EVERY:
                        bring_up_to_date()
                        checked = time.monotonic()
                    else:
                        apply_due()
                    alive()
                    stop.wait(LOOK_EVERY)
            except (DatabaseError, OSError, ValueError, ShopError):
                log.exception("indexing goes on in a moment")
                close_old_connections()
                stop.wait(AFTER_FAILURE)
            finally:
                engine().close()
