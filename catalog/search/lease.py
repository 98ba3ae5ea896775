"""One writer at a time: a lock on a file beside the index, let go of by the system when its holder dies.

An index in Elasticsearch is written from several machines: there the lock in the shop's PostgreSQL counts too, which
goes with its holder's session. No pooler that shares sessions may stand between.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

LOCK = "writer.lock"
WRITING = (7309, 0)  # the key of our advisory lock in PostgreSQL
_STEP_SECONDS = 0.02


class Lease:
    """The right to write the index, as long as no lock that it rests on is lost."""

    def __init__(self, *lost: Callable[[], bool]) -> None:
        self._lost = lost

    def lost(self) -> bool:
        """Could another hold a lease too?"""
        return any(lost() for lost in self._lost)


@contextmanager
def lease(wait: float = 0) -> Iterator[Lease | None]:
    """The writer's lease inside the block, or None where another still holds it after `wait` seconds."""
    path = Path(settings.SEARCH_INDEX_DIR) / LOCK
    path.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait
    with path.open("a") as file:
        if not _taken(lambda: _flock(file), until):
            yield None
        elif not (settings.ELASTICSEARCH_URL and connection.vendor == "postgresql"):
            yield Lease(lambda: _is_removed(path, file))
        else:
            with _advisory(until) as session_lost:
                yield Lease(lambda: _is_removed(path, file), session_lost) if session_lost else None


@contextmanager
def _advisory(until: float) -> Iterator[Callable[[], bool] | None]:
    """The lock in PostgreSQL, as a question whether it is lost; None where another machine holds it."""
    if not _taken(lambda: _ask("pg_try_advisory_lock"), until):
        yield None
        return
    session = connection.connection

    def lost() -> bool:
        return connection.connection is not session or session.closed

    try:
        yield lost
    finally:
        if not lost():
            _ask("pg_advisory_unlock")


def _ask(function: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", WRITING)
        return bool(cursor.fetchone()[0])


def _flock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_removed(path: Path, file: IO[str]) -> bool:
    """Has somebody removed the lock's file?"""
    try:
        return os.fstat(file.fileno()).st_ino != path.stat().st_ino
    except FileNotFoundError:
        return True


def _taken(take: Callable[[], bool], until: float) -> bool:
    while not take():
        if time.monotonic() >= until:
            return False
        time.sleep(_STEP_SECONDS)
    return True
