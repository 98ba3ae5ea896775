"""What an officer does: checks who a host is, takes that back, and stops a session at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog import clock
from catalog.livestreams.errors import HostChanged, NotNow
from catalog.livestreams.models import Action, HostAction, LiveHost, LiveHostEvent, Livestream
from catalog.livestreams.services import needed, write
from catalog.livestreams.states import CURRENT, State, in_states, state
from catalog.people.models import User


@transaction.atomic
def approve(pk: int, officer: User, version: int, papers: str) -> None:
    """The host, as this version of it was seen, is who it says; `papers`: by what this was checked.

    What another officer approved meanwhile stands. Raises ReasonMissing; HostChanged where it was withdrawn meanwhile.
    """
    host = LiveHost.objects.select_for_update().get(pk=pk)
    if host.approved_at is not None:
        return
    if host.version != version:
        raise HostChanged
    host.approved_on = needed(papers)
    host.approved_at, host.approved_by = clock.now(), officer
    host.withdrawn_at, host.withdrawn_why = None, ""
    _write(host, officer, HostAction.APPROVED, host.approved_at, host.approved_on)


@transaction.atomic
def withdraw(pk: int, officer: User, version: int, reason: str) -> list[str]:
    """Take the approval, as this version was seen, back: what is announced or on air stops at once.

    Viewers and the host read why; nothing is published before it is approved again. What is over stays as it is.
    Returns the codes of the sessions that it stopped; a repeat changes nothing. Raises ReasonMissing; Changed where
    it was approved anew meanwhile.
    """
    host = LiveHost.objects.select_for_update().get(pk=pk)
    if host.approved_at is None:
        return []
    if host.version != version:
        raise HostChanged
    why, now = needed(reason), clock.now()
    host.approved_at, host.approved_by, host.approved_on = None, None, ""
    host.withdrawn_at, host.withdrawn_why = now, why
    sessions = Livestream.objects.select_for_update().filter(in_states(CURRENT, now), host=host).order_by("pk")
    stopped = [one for one in sessions if state(one, now) in CURRENT]  # not one that ended until it was locked
    for session in stopped:
        _stop(session, officer, why)
    codes = [session.code for session in stopped]
    _write(host, officer, HostAction.WITHDRAWN, now, why, codes)
    return codes


def _write(
    host: LiveHost, by: User, action: HostAction, at: datetime, reason: str, stopped: Sequence[str] = ()
) -> None:
    """The host as changed, and its log's next line."""
    host.version += 1
    host.save()
    LiveHostEvent.objects.create(
        host=host, version=host.version, at=at, by=by, action=action, reason=reason, stopped=list(stopped)
    )


@transaction.atomic
def stop(code: str, officer: User, reason: str) -> None:
    """No viewer sees it from now on, nor its replay; they read why. What its host changes meanwhile does not matter.

    A repeat changes nothing. Raises NotNow for a draft or a cancelled session, ReasonMissing.
    """
    session = Livestream.objects.select_for_update().get(code=code)
    known = state(session, clock.now())
    if known is State.STOPPED:
        return
    if known in (State.DRAFT, State.CANCELLED):
        raise NotNow(state=known.label)
    _stop(session, officer, needed(reason))


def _stop(session: Livestream, officer: User, reason: str) -> None:
    session.reason = reason
    session.stopped_at = clock.now()
    write(session, officer, Action.STOPPED, reason=reason)
