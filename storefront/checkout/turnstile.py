"""More press "order" than can be served: everybody is answered at once, with a place in a line that is kept.

A process of the shop lets as many go to Saleor as there are `PLACES`. Who finds them taken gets a ticket with the
moment of their turn, and an answer that costs next to nothing: a thread that waited would stand in the way of those who
only browse. The moments are given out in the order of arrival, as fast as buyers lately left; who comes back then goes
in, before all who came later. A ticket is a signed moment: nothing is kept anywhere, and every process honours it. A
place that would stand empty is given to whoever is there and near.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from threading import Lock

from django.core import signing

from catalog.saleor.patience import PLACES

LONGEST_LINE = 60.0  # seconds; who would come later has no place kept, and asks again like the others
AGAIN = (4, 8)  # seconds; who has longer to wait looks in between, since meanwhile it may be sold out
LOOKS = (5, 20)  # for one who goes in so many may look in vain; where it is more, all come back later, up to `SLOWEST`
SLOWEST = 20  # seconds
SOON = 1.0  # seconds; who is new and has no longer to wait goes in at once
# Seconds from one turn to the next. A guess that is too long costs nothing: whoever looks in takes the empty place.
FIRST_GUESS, SHORTEST, LONGEST = 0.5, 0.02, 1.0
_signer = signing.Signer(salt="storefront.checkout.turnstile")


@dataclass(frozen=True, slots=True)
class Wait:
    """Come back in `seconds` with the ticket."""

    seconds: int
    ticket: str


class Turnstile:
    """The one of a process. `clock`: seconds since 1970, the same for all processes. Safe for use by threads."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = Lock()
        self._inside = 0
        self._next = 0.0  # the first moment that is not given out
        self._each = FIRST_GUESS
        self._left = 0.0  # when somebody left last
        self._vain, self._pace = 0, 1.0  # looks in vain since somebody went in; how much later all come back

    @contextmanager
    def turn(self, basket: int, ticket: str = "") -> Iterator[Wait | None]:
        """None: it is this basket's turn, until the block ends. A ticket of another basket, or forged, is none."""
        with self._lock:
            wait = self._judge(basket, ticket)
            self._inside += wait is None
        try:
            yield wait
        finally:
            if wait is None:
                with self._lock:
                    self._leave()

    def _leave(self) -> None:
        """Turns come as fast as buyers leave while all places are taken, and a little faster where they are not."""
        now, full = self._clock(), self._inside >= PLACES
        self._inside -= 1
        each = 0.8 * self._each + 0.2 * (now - self._left) if full else 0.95 * self._each
        self._each, self._left = min(LONGEST, max(SHORTEST, each)), now

    def _judge(self, basket: int, ticket: str) -> Wait | None:
        now = self._clock()
        if not self._inside:
            self._next = now  # nobody of the line is there
        moment = _read(basket, ticket)
        if moment is not None and moment < now - LONGEST_LINE:
            moment = None  # of another rush
        is_new = moment is None
        if moment is None:
            moment = min(max(now, self._next), now + LONGEST_LINE)
            self._next = moment + self._each
        ahead = moment - now
        if self._inside < PLACES and ahead <= (SOON if is_new else AGAIN[1]):
            self._keep_pace()
            return None
        self._vain += not is_new
        seconds = max(AGAIN[0] / 2, ahead) if ahead <= AGAIN[0] else random.uniform(*AGAIN)  # noqa: S311 - no secret
        return Wait(min(SLOWEST, ceil(seconds * self._pace)), _signer.sign(f"{basket}:{moment:.3f}"))

    def _keep_pace(self) -> None:
        """Looks in vain are cheap, not free: on a slow machine they would keep orders from being made."""
        if self._vain > LOOKS[1]:
            self._pace = min(SLOWEST / AGAIN[0], self._pace * 1.3)
        elif self._vain < LOOKS[0]:
            self._pace = max(1.0, self._pace / 1.3)
        self._vain = 0


def _read(basket: int, ticket: str) -> float | None:
    try:
        whose, _, moment = _signer.unsign(ticket).partition(":")
    except signing.BadSignature:
        return None
    return float(moment) if whose == str(basket) else None


turnstile = Turnstile()
