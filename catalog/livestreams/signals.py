"""What open pages ask for every few seconds: in which state a session is, and which pins may be shown.

One process asks the database for it once a second at most, however many pages are open.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from catalog import clock
from catalog.livestreams.models import Livestream
from catalog.livestreams.pins import keys
from catalog.livestreams.states import State, state

FRESH = 1.0  # seconds
_MOST = 1000  # sessions that a process remembers
_known: dict[str, tuple[float, "Signal | None"]] = {}


@dataclass(frozen=True, slots=True)
class Signal:
    """`mark` changes with whatever a viewer would see change; `pins` are keys of pins, in their order."""

    state: State
    pins: tuple[str, ...]
    version: int
    mark: str


def signal(code: str) -> Signal | None:
    """Of a public session, a second old at most; None for one that is not."""
    moment = time.monotonic()
    at, found = _known.get(code, (-FRESH, None))
    if moment - at >= FRESH or code not in _known:
        session = Livestream.objects.filter(code=code).first()
        found = read(session, clock.now()) if session else None
        if len(_known) >= _MOST:
            _known.clear()
        _known[code] = moment, found
    return found


def read(session: Livestream, now: datetime, shown: tuple[str, ...] | None = None) -> Signal | None:
    """The same of this session, asked now; `shown`: the keys of what may be shown, where the caller has asked."""
    known = state(session, now)
    if known is State.DRAFT:
        return None
    pins: tuple[str, ...] = ()
    if known is not State.STOPPED:
        pins = keys(session.pk, clock.today()) if shown is None else shown
    seen = f"{known}:{session.version}:{','.join(pins)}"
    return Signal(known, pins, session.version, blake2b(seen.encode(), digest_size=8).hexdigest())
