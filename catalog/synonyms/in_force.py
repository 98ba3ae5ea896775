"""The synonyms that this process searches with: those in force, asked for once a second at most, by one tiny query.

While the table cannot be read, those known last stay in force; before any were known, those the shop comes with.
"""

import logging
import math
import threading
import time
from dataclasses import dataclass, replace
from typing import Final

from django.db import Error

from catalog.synonyms.groups import BUILT_IN, SynonymSet
from catalog.synonyms.models import SynonymVersion

EVERY = 1.0  # seconds
BUILT_IN_SET: Final = SynonymSet(1, BUILT_IN)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """A set, and when it was asked for."""

    set: SynonymSet
    asked: float  # by the monotonic clock
    readable: bool = True


_lock = threading.Lock()
_known = Known(BUILT_IN_SET, -math.inf)


def synonyms_in_force() -> SynonymSet:
    """The set in force. Of several threads one asks; the others go on with what is known."""
    global _known  # noqa: PLW0603 - what this process knows
    if time.monotonic() - _known.asked >= EVERY and _lock.acquire(blocking=False):
        try:
            _known = _ask(_known)
        finally:
            _lock.release()
    return _known.set


def forget() -> None:
    """Ask anew next time."""
    global _known  # noqa: PLW0603
    _known = replace(_known, asked=-math.inf)


def _ask(known: Known) -> Known:
    asked = time.monotonic()
    try:
        number = SynonymVersion.objects.order_by("-number").values_list("number", flat=True).first()
        return Known(_read(number, known.set), asked)
    except Error:
        if known.readable:
            log.exception("synonyms: the table cannot be read; version %d stays in force", known.set.number)
        return replace(known, asked=asked, readable=False)


def _read(number: int | None, before: SynonymSet) -> SynonymSet:
    if number is None:
        return BUILT_IN_SET
    if number == before.number:
        return before
    return SynonymSet(number, SynonymVersion.objects.get(number=number).groups)
