"""The circuit breaker of one client: after a fault of the line, a small question finds out whether the server is there.

Faults are those of the line and of a server that is broken or busy; a refusal is an answer. A first fault only raises
doubt, since one slow document proves nothing: whoever comes next asks the small question, once for everybody, while the
others wait for its outcome. No answer opens the circuit for a growing while, in which nobody is sent to wait in vain.
"""

import logging
import time
from collections.abc import Callable
from enum import Enum
from threading import Condition

log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 0.7, 20.0  # seconds that the circuit stays open
FAULTS = 5  # in a row, although the small question was answered each time
PATIENCE = 5.0  # seconds for somebody else's question, which itself takes two at most


class Circuit(Enum):
    """`DOUBTED`: something went wrong; nobody has asked yet whether the server is there."""

    CLOSED = "closed"
    DOUBTED = "doubted"
    OPEN = "open"


class CircuitOpen(Exception):
    """Not sent: the server is known to be silent. `seconds` until it is worth asking again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"it was silent just now; asked again in {seconds:.1f} s")
        self.seconds = seconds


class Breaker:
    """`is_there` asks the small question; it changes nothing and never raises. Safe for use by threads.

    `name` is what the log calls the server.
    """

    def __init__(
        self, is_there: Callable[[], bool], clock: Callable[[], float] = time.monotonic, *, name: str = "Saleor"
    ) -> None:
        self._is_there, self._clock, self._name = is_there, clock, name
        self._changed = Condition()
        self._state = Circuit.CLOSED
        self._asking = False
        self._faults = 0  # since a request was answered
        self._times = 0  # opened since then
        self._until = 0.0

    @property
    def state(self) -> Circuit:
        """The state at this moment; an open circuit whose time is up is doubted."""
        return Circuit.DOUBTED if self._state is Circuit.OPEN and self._clock() >= self._until else self._state

    def admit(self) -> None:
        """May a request leave? Asks the small question where there is doubt. Raises CircuitOpen."""
        if self._state is Circuit.CLOSED:  # the way of every day takes no lock
            return
        with self._changed:
            if not self._changed.wait_for(lambda: not self._asking, PATIENCE):
                raise CircuitOpen(FIRST_WAIT)
            state = self.state
            if state is Circuit.CLOSED:
                return
            if state is Circuit.OPEN:
                raise CircuitOpen(self._until - self._clock())
            self._asking = True
        there = False
        try:
            there = self._is_there()
        finally:
            with self._changed:
                self._asking = False
                if there:
                    self._close()
                else:
                    self._open()
                self._changed.notify_all()
        if not there:
            raise CircuitOpen(self._until - self._clock())

    def succeeded(self) -> None:
        """A request was answered."""
        if self._faults or self._times:
            with self._changed:
                self._faults = self._times = 0

    def failed(self, wait: float = 0.0) -> None:
        """A request was not. `wait`: seconds that the server asked for (Retry-After)."""
        with self._changed:
            self._faults += 1
            if wait or self._faults >= FAULTS:
                self._open(wait)
            elif self._state is Circuit.CLOSED:
                self._state = Circuit.DOUBTED

    def _open(self, wait: float = 0.0) -> None:
        self._times += 1
        seconds = max(wait, min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(self._times - 1, 10)))
        self._until = max(self._until, self._clock() + seconds)
        if self._times == 1:
            log.warning("%s is silent: the circuit is open", self._name)
        self._state = Circuit.OPEN

    def _close(self) -> None:
        if self._times:
            log.warning("%s answers again: the circuit is closed", self._name)
        self._state, self._until = Circuit.CLOSED, 0.0
