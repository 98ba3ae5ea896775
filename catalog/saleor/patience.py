"""How long a person's request may wait for Saleor, and how many of a process may at once.

A web process has four threads. Were all of them to wait for a Saleor that hangs, nobody could browse either. So a
request of a person takes one of `PLACES` before it speaks to Saleor for the first time, keeps it to its end, and has
`BUDGET` for everything it waits for there. Work without a person behind it (worker, command line) has no such limits:
it has its own back-off.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse

from catalog.saleor.errors import SaleorBusy, SaleorUnavailable

PLACES = 2  # of the four threads of a web process
WAIT = 1.0  # seconds for a place
BUDGET = 20.0  # seconds of waiting for Saleor, and for others who order the same goods

_places = BoundedSemaphore(PLACES)


@dataclass
class _Visit:
    """One person's request; `deadline` (monotonic) stands once it has taken its place."""

    deadline: float | None = None


_visit: ContextVar[_Visit | None] = ContextVar("chosao_visit", default=None)


@contextmanager
def visit() -> Iterator[None]:
    """A person waits for what happens inside the block."""
    mine = _Visit()
    token = _visit.set(mine)
    try:
        yield
    finally:
        _visit.reset(token)
        if mine.deadline is not None:
            _places.release()


def take_place() -> None:
    """Sit down to speak to Saleor; a repeat does nothing. Raises SaleorBusy when all places stay taken."""
    mine = _visit.get()
    if mine is None or mine.deadline is not None:
        return
    if not _places.acquire(timeout=WAIT):
        raise SaleorBusy(reason="all places are taken")
    mine.deadline = time.monotonic() + BUDGET


def at_most(seconds: float) -> float:
    """So many seconds, or what is left of the budget. Raises SaleorUnavailable when nothing is left."""
    mine = _visit.get()
    if mine is None or mine.deadline is None:
        return seconds
    left = mine.deadline - time.monotonic()
    if left <= 0:
        raise SaleorUnavailable(reason="the time for this request is used up")
    return min(seconds, left)


class PatienceMiddleware:
    """Every request over HTTP is a person's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, with the place given back afterwards."""
        with visit():
            return self.get_response(request)
