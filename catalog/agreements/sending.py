"""Sending the letters that ask for agreements."""

from datetime import datetime

from catalog.agreements.letters import compose
from catalog.agreements.models import AgreementLetter
from catalog.mail import sending
from catalog.mail.models import LetterState


def send_due(seconds: float = sending.LONGEST) -> int:
    """Send the letters that are due. Returns how many the mail server took."""
    return sending.send_due(AgreementLetter, compose, seconds)


def untried_since(moment: datetime) -> bool:
    """Does a letter from before this moment wait for a server that takes any, or for a worker?"""
    untried = AgreementLetter.objects.filter(state=LetterState.WAITING, attempts=0)
    return untried.filter(notice__made_at__lt=moment).exists()
