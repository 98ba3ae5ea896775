"""Sending the warnings that wait."""

from collections.abc import Sequence
from datetime import datetime

from django.core.mail import EmailMultiAlternatives

from catalog import clock
from catalog.mail import sending
from catalog.mail.models import LetterState
from catalog.warnings.letters import compose
from catalog.warnings.models import Letter


def send_due(seconds: float = sending.LONGEST) -> int:
    """Send the warnings that are due. Returns how many the mail server took."""
    return sending.send_due(Letter, _compose, seconds)


def untried_since(moment: datetime) -> bool:
    """Does a letter from before this moment wait for a server that takes any, or for a worker?"""
    untried = Letter.objects.filter(state=LetterState.WAITING, attempts=0)
    return untried.filter(notice__made_at__lt=moment).exists()


def _compose(letters: Sequence[Letter]) -> dict[int, EmailMultiAlternatives]:
    return compose(letters, clock.today())
