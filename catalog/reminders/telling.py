"""What is due to be told, by the clock and what became of sessions: letters made once, whoever else makes them.

A tick that comes late makes what is still of use; the letters ask the same again when they go.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from catalog import clock
from catalog.livestreams.models import Livestream
from catalog.livestreams.states import State, in_state, state
from catalog.reminders.models import Purpose, Reminder
from catalog.reminders.services import VALID, write

BEFORE = timedelta(minutes=30)
USEFUL = timedelta(minutes=5)  # after the start, a reminder that was late
CHUNK = 300  # rows a transaction
MOST = 10_000  # that are forgotten at once
_OFF = (State.CANCELLED, State.STOPPED)


def tell() -> int:
    """Make the letters that are due now. Returns how many."""
    made = 0
    while some := _make():
        made += some
    return made


def forget() -> int:
    """Delete what has no use any more. Returns how many addresses.

    Addresses of sessions that are over, of those that do not take place once that was told, and those that nobody
    confirmed in a day (Luật 91/2025/QH15: personal data are kept no longer than their purpose needs).
    """
    now = clock.now()
    off = Q(livestream__cancelled_at__isnull=False) | Q(livestream__stopped_at__isnull=False)
    told = off & Q(told_off=True) & ~Q(letters__state="waiting")
    over = Q(confirmed_at__isnull=False) & (Q(livestream__ends_at__lte=now) | told)
    due = Reminder.objects.filter(over | Q(confirmed_at=None, asked_at__lte=now - VALID))
    keys = list(due.order_by("pk").values_list("pk", flat=True).distinct()[:MOST])
    for at in range(0, len(keys), CHUNK):
        Reminder.objects.filter(pk__in=keys[at : at + CHUNK]).delete()
    return len(keys)


@transaction.atomic
def _make() -> int:
    now = clock.now()
    due = list(_due(now).order_by("pk").values_list("pk", flat=True)[:CHUNK])
    held = list(Reminder.objects.select_for_update().filter(pk__in=due).order_by("pk").values_list("pk", flat=True))
    rows = _due(now).filter(pk__in=held).select_related("livestream")  # what nobody told until they were locked
    return sum(_tell(one, one.livestream, now) for one in rows)


def _due(now: datetime) -> QuerySet[Reminder]:
    mine = Reminder.objects.filter(confirmed_at__isnull=False, told_off=False, livestream__ends_at__gt=now)
    off = in_state(State.CANCELLED, now, "livestream__") | in_state(State.STOPPED, now, "livestream__")
    called_off = off & Q(livestream__started_at=None)
    on = Q(livestream__stopped_at=None, livestream__cancelled_at=None, livestream__starts_at__gt=now - USEFUL)
    moved = Q(livestream__started_at=None) & ~Q(told_starts_at=F("livestream__starts_at"))
    never = Q(reminded_of=None) | ~Q(reminded_of=F("livestream__starts_at"))
    near = Q(livestream__starts_at__lte=now + BEFORE) & never
    return mine.filter(called_off | (on & (moved | near)))


def _tell(reminder: Reminder, session: Livestream, now: datetime) -> int:
    if state(session, now) in _OFF:
        reminder.told_off = True
        write(reminder, session, Purpose.OFF)
    elif session.starts_at <= now + BEFORE:
        write(reminder, session, Purpose.REMIND)  # which tells as well that it was moved
        reminder.told_starts_at = reminder.reminded_of = session.starts_at
    else:
        write(reminder, session, Purpose.MOVED)
        reminder.told_starts_at = session.starts_at
    reminder.save(update_fields=["told_off", "told_starts_at", "reminded_of"])
    return 1
