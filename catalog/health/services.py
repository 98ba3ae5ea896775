"""Writing and reading signs of life."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from catalog import clock
from catalog.breaker import Circuit
from catalog.errors import ShopError
from catalog.health.models import Sign

SALEOR, BEAT = "saleor", "beat"
LOOK_SECONDS = 5.0  # for Saleor's answer
STALE = timedelta(seconds=60)  # an older look says nothing: whoever looks may be dead


def note(name: str, *, ok: bool = True, detail: dict[str, Any] | None = None) -> None:
    """Write a sign of this moment over the last one."""
    now = clock.now()
    facts: dict[str, Any] = {"at": now, "detail": detail or {}} | ({"good_at": now} if ok else {})
    if not Sign.objects.filter(name=name, ok=ok).update(**facts):
        Sign.objects.update_or_create(name=name, defaults={**facts, "ok": ok, "since": now})


@contextmanager
def noted(name: str) -> Iterator[dict[str, Any]]:
    """A sign for the work inside the block, which may put facts into the detail; a failure is noted and goes on."""
    detail: dict[str, Any] = {}
    try:
        yield detail
    except Exception as error:
        note(name, ok=False, detail={**detail, "why": f"{type(error).__name__}: {error}"[:300]})
        raise
    note(name, detail=detail)


def look_at_saleor() -> bool:
    """Ask Saleor whether it is there and knows our token, and note the answer. Returns whether both are so."""
    started = time.monotonic()
    from catalog.saleor.client import client  # noqa: PLC0415 - what only reads the signs does without its many classes

    found = client().presence(LOOK_SECONDS)
    took = round((time.monotonic() - started) * 1000)
    detail = {"answers": found.answers, "knows_us": found.knows_us, "why": found.why[:300], "ms": took}
    note(SALEOR, ok=found.answers and found.knows_us, detail=detail)
    return found.answers and found.knows_us


@dataclass(frozen=True, slots=True)
class Pause:
    """Ordering is paused, `since` then where somebody knows."""

    since: datetime | None = None


def pause() -> Pause | None:
    """Is Saleor known to be away at this moment? Says so; stops nobody.

    Known is what two looks in a row found (the worker looks every ten seconds) or what this process has just met.
    """
    seen = Sign.objects.filter(name=SALEOR, ok=False, at__gt=clock.now() - STALE).first()
    if seen and seen.at > seen.since:
        return Pause(seen.since)
    return Pause() if _met() else None


def _met() -> bool:
    try:
        from catalog.saleor.client import client  # noqa: PLC0415

        return client().breaker.state is Circuit.OPEN
    except (OSError, ShopError):  # no token can be read
        return False
