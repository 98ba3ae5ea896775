"""Every minute: what is due is told, what waits is sent, what has no use any more is forgotten."""

from datetime import datetime

from catalog.mail import sending
from catalog.mail.models import LetterState
from catalog.reminders.letters import compose
from catalog.reminders.models import ReminderLetter
from catalog.reminders.telling import forget, tell


def work(seconds: float = sending.LONGEST) -> int:
    """Returns how many letters the mail server took."""
    tell()
    sent = sending.send_due(ReminderLetter, compose, seconds)
    forget()
    return sent


def untried_since(moment: datetime) -> bool:
    """Does a letter from before this moment wait for a server that takes any, or for a worker?"""
    untried = ReminderLetter.objects.filter(state=LetterState.WAITING, attempts=0)
    return untried.filter(made_at__lt=moment).exists()
