"""Somebody else who is at it: a lock held by another thread, with a database connection of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from catalog.saleor.turns import alone


@contextmanager
def held_by_another(name: str) -> Iterator[None]:
    """Inside the block, another one does `name`."""
    begun, ended = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with alone(name) as mine:
                assert mine
                begun.set()
                ended.wait(60)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert begun.wait(30)
    try:
        yield
    finally:
        ended.set()
        thread.join(30)
