"""The only source of today: a certificate's last day ends at midnight in Vietnam, wherever the server stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_fixed: ContextVar[date | None] = ContextVar("chosao_today", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in Asia/Ho_Chi_Minh, or the date that `as_of` injects."""
    return _fixed.get() or datetime.now(TIME_ZONE).date()


def start_of(day: date) -> datetime:
    """The first moment of `day` in Asia/Ho_Chi_Minh, aware."""
    return datetime.combine(day, time.min, TIME_ZONE)


@contextmanager
def as_of(day: date) -> Iterator[None]:
    """Let `today()` be `day` inside the block: for tests and for a dry run as of another day."""
    token = _fixed.set(day)
    try:
        yield
    finally:
        _fixed.reset(token)
