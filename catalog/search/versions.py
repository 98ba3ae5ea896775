"""A number for what is read from the database now: what is read later has a greater one, on whatever machine.

Elasticsearch keeps the document of the greater number, so that a writer that was stopped between reading and writing
cannot put back what another has replaced.
"""

import time

from django.db import connection

_last = 0


def version() -> int:
    """Ask before reading. PostgreSQL counts transactions; SQLite has one machine, whose clock is made to go forward."""
    global _last  # noqa: PLW0603 - the last number of this process
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text")
            return int(cursor.fetchone()[0])
    _last = max(_last + 1, time.time_ns())
    return _last
