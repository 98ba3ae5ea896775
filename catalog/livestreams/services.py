"""What a host does with its own sessions. Each step names the version that was seen: one that comes second is refused,
a repeat of one's own last step changes nothing. Another's session does not exist (`Livestream.DoesNotExist`)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from catalog import clock
from catalog.livestreams import consent, pins
from catalog.livestreams.errors import (
    BadTimes,
    Changed,
    NoMoreTime,
    NotApproved,
    NotConfirmed,
    NotNow,
    OtherPlatform,
    ReasonMissing,
    TooEarly,
    TooManyPins,
)
from catalog.livestreams.links import read_link
from catalog.livestreams.models import COMBO, Action, LiveHost, Livestream, LivestreamEvent, LivestreamPin
from catalog.livestreams.platforms import Platform
from catalog.livestreams.states import AHEAD, COMING, EARLY, GRACE, LONGEST, OVERRUN, STILL_ON, State, state
from catalog.people.models import User
from catalog.producers.models import Producer
from catalog.products.models import Product
from catalog.reports.services import tidy_text
from catalog.salepoints.models import SalePoint
from catalog.text import slug_of

Owner = Producer | SalePoint
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """A session as its host typed it; times aware, the link in any form that `read_link` takes."""

    title: str
    note: str
    link: str
    starts_at: datetime
    ends_at: datetime


def owners_of(user: User) -> list[Owner]:
    """The producers and sale points for which this person may show livestreams."""
    producers = Producer.objects.filter(members__user=user).order_by("name")
    return [*producers, *SalePoint.objects.filter(staff__user=user).order_by("name")]


def hosts_of(user: User) -> QuerySet[LiveHost]:
    """Those of them that have asked to show livestreams."""
    mine = LiveHost.objects.filter(Q(producer__members__user=user) | Q(sale_point__staff__user=user))
    return LiveHost.objects.filter(pk__in=mine.values("pk")).select_related("producer", "sale_point").order_by("pk")


def sessions_of(user: User) -> QuerySet[Livestream]:
    """The sessions of those, the latest first."""
    mine = Livestream.objects.filter(host__in=hosts_of(user).order_by().values("pk"))
    return mine.select_related("host__producer", "host__sale_point").order_by("-starts_at", "-pk")


@transaction.atomic
def draft(user: User, owner: Owner, code: str, plan: Plan) -> Livestream:
    """A new session of one of the user's `owners_of`, not public yet. A repeat with the same code makes no second one.

    Raises BadLink and its kinds, BadTimes; Changed for the code of another's session.
    """
    if known := sessions_of(user).filter(code=code).first():
        return known
    now = clock.now()
    _check_times(plan, now)
    session = Livestream(code=code, host=_host(owner))
    _take_over(session, plan)
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:  # the other half of a double click was faster, or the code is another's
        if known := sessions_of(user).filter(code=code).first():
            return known
        raise Changed from error
    LivestreamEvent.objects.create(livestream=session, version=0, by=user, action=Action.MADE)
    return session


@transaction.atomic
def change(user: User, code: str, version: int, plan: Plan, *, confirmed: bool) -> Livestream:
    """The session as planned anew. `confirmed`: with the content confirmation of `consent`, which makes a draft public.

    Once it began only its note and its link on the same platform change. Raises Changed, NotNow, BadLink, BadTimes,
    OtherPlatform, NotConfirmed, NotApproved.
    """
    if confirmed:  # an officer who withdraws the approval locks the host, then its sessions
        LiveHost.objects.select_for_update().filter(pk=sessions_of(user).get(code=code).host_id).first()
    session = _own(user, code)
    now = clock.now()
    before = _facts(session)
    known = state(session, now)
    if known not in (State.DRAFT, State.LIVE, *COMING):
        raise NotNow(state=known.label)
    if known is State.LIVE:
        _change_live(session, plan)
    else:
        if known is State.DRAFT or (plan.starts_at, plan.ends_at) != (session.starts_at, session.ends_at):
            _check_times(plan, now)
        _take_over(session, plan)
    changes: Facts = {name: [before[name], value] for name, value in _facts(session).items() if before[name] != value}
    publish = confirmed and known is State.DRAFT
    if not changes and not publish:
        return session
    if session.version != version:
        raise Changed
    if known is not State.DRAFT and not confirmed:
        raise NotConfirmed
    if confirmed:
        if session.host.approved_at is None:
            raise NotApproved
        session.confirmed_at, session.confirmed_by, session.confirmed_version = now, user, consent.VERSION
        changes["confirmed"] = consent.VERSION
    write(session, user, Action.CONFIRMED if publish else Action.CHANGED, facts=changes)
    return session


@transaction.atomic
def start(user: User, code: str, version: int) -> None:
    """The host is on. Raises Changed, NotNow, TooEarly."""
    session = seen(user, code, version, Action.STARTED, COMING)
    if session is None:
        return
    now = clock.now()
    if now < session.starts_at - EARLY:
        raise TooEarly(minutes=EARLY // timedelta(minutes=1))
    session.started_at = now
    write(session, user, Action.STARTED)


@transaction.atomic
def still_on(user: User, code: str, version: int) -> None:
    """Half an hour more, up to the limit. Raises Changed, NotNow, NoMoreTime."""
    session = seen(user, code, version, Action.STILL_ON, (State.LIVE,))
    if session is None:
        return
    limit = session.ends_at + OVERRUN
    if session.over_at >= limit:
        raise NoMoreTime(hours=OVERRUN // timedelta(hours=1))
    session.over_at = min(session.over_at + STILL_ON, limit)
    write(session, user, Action.STILL_ON, facts={"over_at": _written(session.over_at)})


@transaction.atomic
def end(user: User, code: str, version: int) -> None:
    """It is over. Raises Changed, NotNow."""
    session = seen(user, code, version, Action.ENDED, (State.LIVE,))
    if session is None:
        return
    session.over_at = clock.now()
    write(session, user, Action.ENDED)


@transaction.atomic
def set_replay(user: User, code: str, version: int, link: str) -> None:
    """Where it can be seen again (the session's own link, kept, or another); empty: nowhere. Raises Changed, NotNow,
    BadLink and its kinds."""
    facts: Facts = {"replay": read_link(link).url if link else ""}
    session = seen(user, code, version, Action.REPLAY, (State.ENDED, State.REPLAY), facts)
    if session is None:
        return
    session.replay_url = facts["replay"]
    write(session, user, Action.REPLAY, facts=facts)


@transaction.atomic
def cancel(user: User, code: str, version: int, reason: str) -> None:
    """It will not take place; who opens it reads why. Raises Changed, NotNow, ReasonMissing."""
    session = seen(user, code, version, Action.CANCELLED, COMING)
    if session is None:
        return
    session.reason = needed(reason)
    session.cancelled_at = clock.now()
    write(session, user, Action.CANCELLED, reason=session.reason)


@transaction.atomic
def pin(user: User, code: str, version: int, key: str) -> None:
    """Add a product or a combo, by the key of its pin, at the end. Raises Changed, NotNow, PinRefused and its kinds."""
    facts: Facts = {"combo": key.removeprefix(COMBO)} if key.startswith(COMBO) else {"product": key}
    session = seen(user, code, version, Action.PINNED, PINNING, facts)
    if session is None:
        return
    wanted = pins.check(session.host, key, clock.today())
    product, combo = (wanted, None) if isinstance(wanted, Product) else (None, wanted)
    if session.pins.filter(product=product, combo=combo).exists():
        return
    have = list(session.pins.values_list("position", flat=True))
    if len(have) >= pins.MOST:
        raise TooManyPins(most=pins.MOST)
    LivestreamPin.objects.create(livestream=session, product=product, combo=combo, position=1 + max(have, default=0))
    write(session, user, Action.PINNED, facts=facts)


@transaction.atomic
def arrange(user: User, code: str, version: int, order: Sequence[tuple[str, int | None]]) -> None:
    """The pins, by their keys, in this order, each with its offset (seconds from the start, at most twelve hours) or
    none; those that are not named are taken off. Raises Changed, NotNow."""
    have = {one.key: one for one in _own(user, code).pins.select_related("product", "combo")}
    longest = LONGEST // timedelta(seconds=1)
    wanted = {name: None if offset is None else min(offset, longest) for name, offset in order if name in have}
    facts: Facts = {"pins": list(map(list, wanted.items()))}
    session = seen(user, code, version, Action.ARRANGED, (*PINNING, State.ENDED, State.REPLAY), facts)
    if session is None:
        return
    for position, (name, offset) in enumerate(wanted.items(), 1):
        have[name].position, have[name].offset = position, offset
    LivestreamPin.objects.bulk_update([have[name] for name in wanted], ["position", "offset"])
    gone = [one.pk for name, one in have.items() if name not in wanted]
    LivestreamPin.objects.filter(pk__in=gone).delete()
    write(session, user, Action.ARRANGED, facts=facts)


PINNING = (State.DRAFT, State.LIVE, *COMING)


def needed(reason: str) -> str:
    """A reason as it is kept. Raises ReasonMissing for an empty one."""
    if kept := tidy_text(reason, 500):
        return kept
    raise ReasonMissing


def _host(owner: Owner) -> LiveHost:
    own = {"producer": owner} if isinstance(owner, Producer) else {"sale_point": owner}
    return LiveHost.objects.get_or_create(**own)[0]


def _check_times(plan: Plan, now: datetime) -> None:
    length = plan.ends_at - plan.starts_at
    if not (now < plan.starts_at <= now + AHEAD and timedelta() < length <= LONGEST):
        raise BadTimes(days=AHEAD.days, hours=LONGEST // timedelta(hours=1))


def _take_over(session: Livestream, plan: Plan) -> None:
    _set_link(session, plan.link)
    session.title, session.note = tidy_text(plan.title, 120), tidy_text(plan.note, 1000)
    session.slug = slug_of(session.title)
    session.starts_at, session.ends_at, session.over_at = plan.starts_at, plan.ends_at, plan.ends_at + GRACE


def _change_live(session: Livestream, plan: Plan) -> None:
    if read_link(plan.link).platform != session.platform:
        raise OtherPlatform(platform=Platform(session.platform).label)
    _set_link(session, plan.link)
    session.note = tidy_text(plan.note, 1000)


def _set_link(session: Livestream, text: str) -> None:
    link = read_link(text)
    session.platform, session.url = link.platform, link.url


def _facts(session: Livestream) -> Facts:
    """What a plan changes, as JSON values."""
    return {
        "title": session.title,
        "note": session.note,
        "url": session.url,
        "starts_at": _written(session.starts_at),
        "ends_at": _written(session.ends_at),
    }


def _written(at: datetime) -> str:
    """A moment as the log has it: one way to write it, in Vietnam's time."""
    return at.astimezone(clock.TIME_ZONE).isoformat(timespec="seconds")


def _own(user: User, code: str) -> Livestream:
    """The user's session, locked. Raises Livestream.DoesNotExist."""
    mine = sessions_of(user).get(code=code)
    return Livestream.objects.select_for_update(of=("self",)).select_related("host").get(pk=mine.pk)


def seen(
    user: User, code: str, version: int, action: Action, states: Collection[State], facts: Facts | None = None
) -> Livestream | None:
    """The locked session; None when this step of this user, with these facts, stands. Raises Changed, NotNow."""
    session = _own(user, code)
    if session.version != version:
        last = session.events.last()
        mine = last and (last.by_id, last.action) == (user.pk, action) and last.version == version + 1
        if last and mine and session.version == version + 1 and facts in (None, last.facts):
            return None
        raise Changed
    known = state(session, clock.now())
    if known not in states:
        raise NotNow(state=known.label)
    return session


def write(session: Livestream, by: User, action: Action, *, reason: str = "", facts: Facts | None = None) -> None:
    """The session as changed, and its log's next line."""
    session.version += 1
    session.save()
    LivestreamEvent.objects.create(
        livestream=session, version=session.version, by=by, action=action, reason=reason, facts=facts or {}
    )
