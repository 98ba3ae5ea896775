"""Sessions as lists show them. `AT_HOME`, `BY_PRODUCER`, … are asked by the pages that everybody opens, once each."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet

from catalog import clock
from catalog.livestreams.models import Livestream
from catalog.livestreams.states import COMING, CURRENT, State, in_state, in_states, state
from catalog.prepared import Prepared, Slot

MOST = 200  # of a page or feed
PAST = timedelta(days=30)  # that calendars keep
_RELATED = ("host", "host__producer", "host__sale_point")
_AT_HOME, _ELSEWHERE = 3, 6


class Listed:
    """A session with its state at one moment, and what lists say of its host."""

    def __init__(self, session: Livestream, now: datetime) -> None:
        self.session, self.state = session, state(session, now)

    @cached_property
    def province_code(self) -> str:
        """Where its host is."""
        return self.session.host.owner.province_code

    @property
    def is_live(self) -> bool:
        """On at this moment?"""
        return self.state is State.LIVE

    @property
    def is_coming(self) -> bool:
        """Announced, or late?"""
        return self.state in COMING


def _now(value: datetime) -> Any:
    """As the driver takes it."""
    return connection.ops.adapt_datetimefield_value(value)


def _current() -> QuerySet[Livestream]:
    """`CURRENT` at the moment of slot 0; that a late one is coming as well makes it simpler than `in_states`."""
    on = Livestream.objects.filter(confirmed_at__isnull=False, stopped_at=None, cancelled_at=None)
    begun = Q(started_at__isnull=False, over_at__gt=Slot(0))
    return on.filter(begun | Q(started_at=None, ends_at__gt=Slot(0)))


_ORDER = (F("started_at").asc(nulls_last=True), "starts_at", "pk")  # what is on stands first
_HOME = Prepared(lambda: _current().order_by(*_ORDER)[:_AT_HOME], *_RELATED)
_PRODUCER = Prepared(lambda: _current().filter(host__producer=Slot(1)).order_by(*_ORDER)[:_ELSEWHERE], *_RELATED)
_PROVINCE = Prepared(
    lambda: (
        _current()
        .filter(Q(host__producer__province_code=Slot(1)) | Q(host__sale_point__province_code=Slot(1)))
        .order_by(*_ORDER)[:_ELSEWHERE]
    ),
    *_RELATED,
)


def _showing(**pinned: Slot) -> QuerySet[Livestream]:
    return Livestream.objects.filter(
        confirmed_at__isnull=False, stopped_at=None, cancelled_at=None, started_at__isnull=False, over_at__gt=Slot(0),
        **pinned,
    ).order_by("starts_at", "pk")[:1]  # fmt: skip


_PRODUCT = Prepared(lambda: _showing(pins__product=Slot(1)))
_COMBO = Prepared(lambda: _showing(pins__combo=Slot(1)))


def for_home() -> list[Listed]:
    """What is on, then what comes next: three at most."""
    now = clock.now()
    return _listed(_HOME(_now(now)), now)


def of_producer(pk: int) -> list[Listed]:
    """The same of one producer."""
    now = clock.now()
    return _listed(_PRODUCER(_now(now), pk), now)


def of_province(code: str) -> list[Listed]:
    """The same of the hosts of one province."""
    now = clock.now()
    return _listed(_PROVINCE(_now(now), code), now)


def showing(product: int) -> Livestream | None:
    """The session that is on and has this product pinned; whether the pin may be shown is the caller's to ask."""
    return next(iter(_PRODUCT(_now(clock.now()), product)), None)


def showing_combo(combo: int) -> Livestream | None:
    """The same of a combo."""
    return next(iter(_COMBO(_now(clock.now()), combo)), None)


def _listed(sessions: Iterable[Livestream], now: datetime) -> list[Listed]:
    return [Listed(session, now) for session in sessions]


def asked(province_code: str = "", producer: int | None = None) -> QuerySet[Livestream]:
    """The sessions of a province's hosts, of a producer, or all."""
    found = Livestream.objects.select_related(*_RELATED)
    if province_code:
        found = found.filter(
            Q(host__producer__province_code=province_code) | Q(host__sale_point__province_code=province_code)
        )
    return found.filter(host__producer=producer) if producer else found


def schedule(sessions: QuerySet[Livestream], now: datetime) -> list[Listed]:
    """What is on and what comes, in the order of its start."""
    found = sessions.filter(in_states(CURRENT, now)).order_by("starts_at", "pk")[:MOST]
    return [Listed(session, now) for session in found]


def replays(sessions: QuerySet[Livestream], now: datetime, most: int = 24) -> list[Listed]:
    """What can be seen again, the latest first."""
    found = sessions.filter(in_state(State.REPLAY, now)).order_by("-starts_at", "-pk")[:most]
    return [Listed(session, now) for session in found]


def for_calendars(sessions: QuerySet[Livestream], now: datetime) -> list[Listed]:
    """All that is public, from a month ago on; what was called off as well, so that calendars hear of it."""
    public = sessions.filter(confirmed_at__isnull=False, ends_at__gt=now - PAST)
    return [Listed(session, now) for session in public.order_by("starts_at", "pk")[:MOST]]
