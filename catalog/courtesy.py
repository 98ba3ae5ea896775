"""A long batch gives way to people who write: docs/decisions/0022.

SQLite has one writer at a time and keeps no line: who waits asks again every tenth of a second, and a batch that takes
transaction after transaction is always quicker. So whoever serves a person holds a shared lock on a file, and a batch
that has just finished a transaction waits for that lock to be free, for a moment. PostgreSQL needs none of this.
"""

import fcntl
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

LONGEST = 0.2  # seconds that a batch waits; about as long as one of its transactions takes
PAUSE = 0.01
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


def give_way() -> None:
    """For a batch, between two transactions: return as soon as nobody is served, after `LONGEST` at the latest."""
    if connection.vendor != "sqlite":
        return
    deadline = time.monotonic() + LONGEST
    with _file() as file:
        while not _is_free(file) and time.monotonic() < deadline:
            time.sleep(PAUSE)


def _is_free(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(file, fcntl.LOCK_UN)
    return True


def _file() -> TextIO:
    folder = Path(settings.HOME) / "turns"
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / "people").open("w")


class CourtesyMiddleware:
    """Every request that may write is a person's, or a webhook that a person's order waits for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response; batches know meanwhile that somebody is served."""
        with ExitStack() as held:
            if connection.vendor == "sqlite" and request.method not in _READS:
                fcntl.flock(held.enter_context(_file()), fcntl.LOCK_SH)
            return self.get_response(request)
