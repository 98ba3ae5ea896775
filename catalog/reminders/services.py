"""Asking for a reminder, confirming it by the link in the mail, taking it back, and forgetting it.

Links hold a reminder's key, signed for one purpose each, never the address.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction

from catalog import clock
from catalog.livestreams.models import Livestream
from catalog.livestreams.states import State, state
from catalog.outbox.services import wake
from catalog.reminders import consent, quota
from catalog.reminders.errors import BadAddress, LinkOver, NothingToRemindOf
from catalog.reminders.models import Purpose, Reminder, ReminderLetter

TOPIC = "reminders"
VALID = timedelta(hours=24)  # the link to confirm by; an address that is not confirmed is kept as long
LONGEST = 254  # signs of an address (RFC 5321)
UNCONFIRMED = 3  # letters that wait for a confirmation of one mailbox, in those hours


def ask(livestream: Livestream, address: str, language: str, network: str) -> None:
    """A letter with a link to confirm by goes to the address, unless one went already, or too many did.

    Says nothing of which it was. `network`: who asks, counted only. Raises BadAddress, NothingToRemindOf,
    TooManyReminders.
    """
    address = read_address(address)
    if not remindable(livestream, clock.now()):
        raise NothingToRemindOf
    quota.admit(network)
    _ask(livestream, address, language)


def read_address(text: str) -> str:
    """One mail address, in small letters: no provider of today tells them apart. Raises BadAddress."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise BadAddress from None
    if len(address) > LONGEST:
        raise BadAddress
    return address


def remindable(livestream: Livestream, now: datetime) -> bool:
    """Is it still to come?"""
    return state(livestream, now) is State.ANNOUNCED and now < livestream.starts_at


@transaction.atomic
def _ask(livestream: Livestream, address: str, language: str) -> None:
    now = clock.now()
    waiting = Reminder.objects.filter(address=address, confirmed_at=None, asked_at__gt=now - VALID)
    if Reminder.objects.filter(livestream=livestream, address=address).exists():
        return
    if waiting.count() >= UNCONFIRMED or not quota.admit_mailbox(address):
        return
    facts = {
        "language": language, "consent_version": consent.VERSION, "asked_at": now,
        "told_starts_at": livestream.starts_at,
    }  # fmt: skip
    reminder, new = Reminder.objects.get_or_create(livestream=livestream, address=address, defaults=facts)
    if new:
        write(reminder, livestream, Purpose.CONFIRM)
        wake(TOPIC)


def write(reminder: Reminder, livestream: Livestream, purpose: Purpose) -> None:
    """A letter that waits to be sent. The caller holds the reminder's lock and notes on it what is told."""
    ReminderLetter.objects.get_or_create(
        reminder=reminder,
        purpose=purpose,
        version=livestream.version,
        defaults={"starts_at": livestream.starts_at, "was": reminder.told_starts_at, "available_at": clock.now()},
    )


def confirm_token(reminder: Reminder) -> str:
    """What the link to confirm by holds."""
    return _signer("confirm").sign(str(reminder.pk))


def stop_token(reminder: Reminder) -> str:
    """What the link to be reminded no more holds."""
    return _signer("stop").sign(str(reminder.pk))


def to_confirm(token: str) -> Reminder:
    """The reminder of a link that may still be confirmed, or is. Raises LinkOver."""
    reminder = Reminder.objects.select_related("livestream__host").filter(pk=_key("confirm", token)).first()
    if reminder is None or (reminder.confirmed_at is None and clock.now() >= reminder.asked_at + VALID):
        raise LinkOver
    return reminder


@transaction.atomic
def confirm(token: str) -> Reminder:
    """The mailbox's owner wants it. A repeat changes nothing. Raises LinkOver, NothingToRemindOf."""
    known = to_confirm(token)
    reminder = Reminder.objects.select_for_update().filter(pk=known.pk).first()
    if reminder is None:
        raise LinkOver
    if reminder.confirmed_at is None:
        if not remindable(known.livestream, clock.now()):
            raise NothingToRemindOf
        reminder.confirmed_at = clock.now()
        reminder.told_starts_at = known.livestream.starts_at  # the page just told it
        reminder.save(update_fields=["confirmed_at", "told_starts_at"])
        wake(TOPIC)
    return known


def to_stop(token: str) -> Livestream | None:
    """The session that the link speaks of; None where there is no reminder any more. Raises LinkOver for a link that
    is not ours."""
    return Livestream.objects.filter(reminders=_key("stop", token)).first()


def stop(token: str) -> None:
    """No more letters; the address is deleted. A repeat changes nothing. Raises LinkOver for a link that is not
    ours."""
    Reminder.objects.filter(pk=_key("stop", token)).delete()


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"catalog.reminders.{purpose}", sep=".")


def _key(purpose: str, token: str) -> int:
    try:
        return int(_signer(purpose).unsign(token))
    except BadSignature:
        raise LinkOver from None
