"""Sending the letters that wait, of one kind at a time; what they say is composed when they go.

At most once as far as SMTP lets one know: a letter is noted as sent when the server has taken it. Where a server or a
worker falls silent between the two nobody knows; the letter goes again, under the same Message-ID.
"""

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from enum import Enum
from smtplib import SMTPConnectError, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused
from typing import Any, TypeVar

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, QuerySet

from catalog import clock
from catalog.mail.models import LetterState, QueuedLetter
from catalog.outbox.services import claim_rows

log = logging.getLogger(__name__)
BATCH = 50
LONGEST = 60.0  # seconds; then others get the worker
PAUSE = timedelta(minutes=1)  # for a server that takes no mail at all
LONGEST_WAIT = timedelta(hours=4)
MOST_ATTEMPTS = 36  # five days of temporary refusals, as long as RFC 5321 (4.5.4.1) asks for
TOO_LARGE = 552  # said to the sender, and yet about this letter alone
# Longer than a task may live: while a worker talks to the server, no other one takes its letter.
HOLD = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 60)
Kind = TypeVar("Kind", bound=QueuedLetter)
Compose = Callable[[Sequence[Kind]], dict[int, EmailMultiAlternatives]]


class Fate(Enum):
    """What a failure means for a letter."""

    LATER = "later"  # this letter has to wait
    REFUSED = "refused"  # for good
    OUTAGE = "outage"  # no letter's fault: the server takes none from us


def send_due(kind: type[Kind], compose: Compose[Kind], seconds: float = LONGEST) -> int:
    """Send this kind's letters that are due, until none is or the time is over. Returns how many the server took.

    `compose` gives each letter's mail by its key as things stand; a letter for which it gives none is moot.
    """
    ends = time.monotonic() + seconds
    connection = get_connection()
    sent = 0
    while time.monotonic() < ends:
        owner = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        letters = claim_rows(kind._default_manager.filter(state=LetterState.WAITING), owner, BATCH)
        if not letters:
            break
        taken, usable = _send(connection, letters, compose, ends)
        sent += taken
        if not usable:
            break
    return sent


def _send(connection: Any, letters: list[Kind], compose: Compose[Kind], ends: float) -> tuple[int, bool]:
    """Returns how many were taken, and whether the server can be used; what was not tried is given back uncounted."""
    sent, outage = 0, ""
    try:
        mails = compose(letters)
        for letter in letters:
            if outage or time.monotonic() > ends:
                break
            if letter.pk not in mails:
                _settle(letter, LetterState.MOOT)
            elif _renew(letter):
                error = _hand_over(connection, mails[letter.pk])
                if error and _fate(error) is Fate.OUTAGE:
                    outage = _why(error)
                else:
                    sent += _note(letter, error)
    finally:
        connection.close()
        _give_back(letters, outage)
    return sent, not outage


def _give_back(letters: Sequence[QueuedLetter], outage: str) -> None:
    """What is not settled is due again soon, uncounted; after an outage with its reason."""
    rest = _mine(letters[0])
    if outage:
        log.warning("letters wait for the mail server: %s", outage)
        rest.update(last_error=outage)
    rest.update(leased_until=None, lease_owner="", attempts=F("attempts") - 1, available_at=clock.now() + PAUSE)


def _hand_over(connection: Any, mail: EmailMultiAlternatives) -> Exception | None:
    """Why the server did not take it, None where it did. A session that failed is not used again."""
    try:
        connection.open()
    except OSError as error:
        return SMTPConnectError(0, str(error))
    try:
        connection.send_messages([mail])
    except (OSError, ValueError) as error:  # all of smtplib's are OSErrors; ValueError: an address nobody can write
        connection.close()
        return error
    return None


def _fate(error: Exception) -> Fate:
    code, text = _reply(error)
    if isinstance(error, SMTPConnectError) or (isinstance(error, SMTPSenderRefused) and code != TOO_LARGE):
        return Fate.OUTAGE
    # 5.7: the server does not let us in (RFC 3463), which says nothing about the address and can be put right.
    return Fate.REFUSED if code >= 500 and not text.startswith("5.7.") else Fate.LATER


def _reply(error: Exception) -> tuple[int, str]:
    """The server's code and words; 0 and the error where it said nothing."""
    code: int = 0
    said: bytes | str = f"{type(error).__name__}: {error}"
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    elif isinstance(error, SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return code, " ".join(words.split())


def _why(error: Exception) -> str:
    code, text = _reply(error)
    return f"{code} {text}".removeprefix("0 ")[:500]


def _note(letter: QueuedLetter, error: Exception | None) -> int:
    """Write down what became of it. Returns 1 for a letter that was taken."""
    if error is None:
        _settle(letter, LetterState.SENT)
        return 1
    why = _why(error)
    if _fate(error) is Fate.REFUSED or letter.attempts >= MOST_ATTEMPTS:
        log.warning("%s %s was refused: %s", type(letter).__name__, letter.pk, _reply(error)[0])
        _settle(letter, LetterState.REFUSED, why)
    else:
        wait = min(timedelta(minutes=2 ** min(letter.attempts - 1, 10)), LONGEST_WAIT)
        _mine(letter).filter(pk=letter.pk).update(
            leased_until=None, lease_owner="", last_error=why, available_at=clock.now() + wait
        )
    return 0


def _settle(letter: QueuedLetter, state: LetterState, why: str = "") -> None:
    _mine(letter).filter(pk=letter.pk).update(
        state=state, settled_at=clock.now(), last_error=why, leased_until=None, lease_owner=""
    )


def _renew(letter: QueuedLetter) -> bool:
    """Hold the letter for as long as the talk with the server may last; false where another worker took it over."""
    return bool(_mine(letter).filter(pk=letter.pk).update(leased_until=clock.now() + HOLD))


def _mine(letter: QueuedLetter) -> QuerySet[QueuedLetter]:
    """All letters of this letter's claim that are not settled."""
    return type(letter)._default_manager.filter(state=LetterState.WAITING, lease_owner=letter.lease_owner)
