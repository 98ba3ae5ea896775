"""In which state a session is: from the clock and what its host said, one pure function and the same in SQL.

Nothing has to be hidden by hand: a session that nobody ends is over `GRACE` after its expected end, and one that
nobody begins is told to be late, then not to have taken place.
"""

from datetime import datetime, timedelta
from typing import Protocol

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST = timedelta(hours=12)  # from the start to the expected end
AHEAD = timedelta(days=180)  # how far ahead a session may be announced
EARLY = timedelta(minutes=15)  # before its time a host may begin
LATE = timedelta(minutes=5)  # after its time a session that has not begun is told to be late
GRACE = timedelta(minutes=15)  # after the expected end it is over, unless the host says that it is still on
STILL_ON = timedelta(minutes=30)  # longer, each time the host says so
OVERRUN = timedelta(hours=2)  # after the expected end, whatever the host says


class State(models.TextChoices):
    """What visitors are told. A `DRAFT` is seen by its host and by officers only."""

    DRAFT = "draft", _("Bản nháp")
    ANNOUNCED = "announced", _("Sắp phát")
    LATE = "late", _("Chưa bắt đầu")
    LIVE = "live", _("Đang phát")
    ENDED = "ended", _("Đã kết thúc")
    REPLAY = "replay", _("Có bản xem lại")
    MISSED = "missed", _("Không diễn ra")
    CANCELLED = "cancelled", _("Đã hủy")
    STOPPED = "stopped", _("Đã bị dừng")


COMING = (State.ANNOUNCED, State.LATE)
CURRENT = (State.LIVE, *COMING)


class Timed(Protocol):
    """What the state follows from."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def started_at(self) -> datetime | None: ...
    @property
    def over_at(self) -> datetime: ...
    @property
    def confirmed_at(self) -> datetime | None: ...
    @property
    def cancelled_at(self) -> datetime | None: ...
    @property
    def stopped_at(self) -> datetime | None: ...
    @property
    def replay_url(self) -> str: ...


def state(session: Timed, now: datetime) -> State:
    """The state at this moment (aware)."""
    if session.confirmed_at is None:
        return State.DRAFT
    if session.stopped_at or session.cancelled_at:
        return State.STOPPED if session.stopped_at else State.CANCELLED
    if session.started_at is None:
        if now >= session.ends_at:
            return State.MISSED
        return State.LATE if now >= session.starts_at + LATE else State.ANNOUNCED
    if now < session.over_at:
        return State.LIVE
    return State.REPLAY if session.replay_url else State.ENDED


def in_state(wanted: State, now: datetime, prefix: str = "") -> Q:
    """The same as an SQL condition on sessions (`prefix` for a join, such as "livestream__")."""

    def where(**conditions: object) -> Q:
        return Q(**{f"{prefix}{name}": value for name, value in conditions.items()})

    public = where(confirmed_at__isnull=False)
    stopped, cancelled = where(stopped_at__isnull=False), where(cancelled_at__isnull=False)
    on = public & where(stopped_at=None, cancelled_at=None)
    begun = on & where(started_at__isnull=False)
    waiting = on & where(started_at=None)
    return {
        State.DRAFT: where(confirmed_at=None),
        State.STOPPED: public & stopped,
        State.CANCELLED: public & cancelled & ~stopped,
        State.MISSED: waiting & where(ends_at__lte=now),
        State.LATE: waiting & where(ends_at__gt=now, starts_at__lte=now - LATE),
        State.ANNOUNCED: waiting & where(ends_at__gt=now, starts_at__gt=now - LATE),
        State.LIVE: begun & where(over_at__gt=now),
        State.REPLAY: begun & where(over_at__lte=now) & ~where(replay_url=""),
        State.ENDED: begun & where(over_at__lte=now, replay_url=""),
    }[wanted]


def in_states(wanted: tuple[State, ...], now: datetime, prefix: str = "") -> Q:
    """Any of these."""
    found = Q(pk__in=[])
    for one in wanted:
        found |= in_state(one, now, prefix)
    return found
