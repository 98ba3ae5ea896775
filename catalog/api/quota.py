"""How many points a network address may spend in an hour.

Points are taken from the database in lots, and spent from memory: a question that reads nothing but the index would
otherwise write a row each time. What a process has taken and nobody spent is lost to the address with the hour.
"""

import logging
from threading import Lock
from typing import Final

from django.db import DatabaseError

from catalog.api.errors import RateLimited
from catalog.quota.services import count, key_of, this_hour

PER_HOUR: Final = 1_000_000  # points; the whole of a catalogue of 20,000 products with certificates and offers
LOT: Final = 20_000
log = logging.getLogger(__name__)
_lock = Lock()
_left: dict[str, int] = {}  # of the lots that this process took, by key
_hour = 0


def spend(address: str, points: int) -> None:
    """Raises RateLimited when the hour's points do not suffice. Without a database nobody is refused."""
    hour, seconds = this_hour()
    key = key_of(address, hour, "catalog.api.quota")
    missing = points - _take(key, hour, points)
    if not missing:
        return
    try:
        taken = next((lot for lot in (max(LOT, missing), missing) if count(key, hour, PER_HOUR, lot)), 0)
    except DatabaseError:
        log.warning("points are not counted: the database does not answer", exc_info=True)
        return
    if not taken:
        raise RateLimited(most=f"{PER_HOUR:,}", seconds=seconds)
    with _lock:
        _left[key] = _left.get(key, 0) + taken - missing


def forget() -> None:
    """Let go of all lots, as a new process would."""
    with _lock:
        _left.clear()


def _take(key: str, hour: int, points: int) -> int:
    """As many of them as are at hand."""
    global _hour  # noqa: PLW0603 - of this process
    with _lock:
        if hour != _hour:
            _left.clear()
            _hour = hour
        at_hand = _left.get(key, 0)
        taken = min(at_hand, points)
        if taken:
            _left[key] = at_hand - taken
        return taken
