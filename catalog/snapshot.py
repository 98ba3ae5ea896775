"""Several queries that see the database as it stood at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_BEGIN = {  # SQLite's own DEFERRED: Django would begin IMMEDIATE, and every writer would wait for a reader
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
}


@contextmanager
def one_moment() -> Iterator[None]:
    """Queries inside see one moment, whatever is written meanwhile, and keep nobody from writing.

    For reading only, and without `transaction.atomic` inside. Inside a transaction it leaves everything as it is.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
