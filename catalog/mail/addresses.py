"""What every letter's head and links have in common."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def absolute(name: str, *arguments: str) -> str:
    """A page's whole address, in the language that is active."""
    return f"{settings.PUBLIC_URL}{reverse(name, args=arguments)}"


def message_id(kind: str, pk: int, made: datetime) -> str:
    """Always the same for a letter, so that a mail server or reader can recognise a repeat."""
    return f"<{kind}.{pk}.{made:%Y%m%d%H%M%S%f}@{urlsplit(settings.PUBLIC_URL).hostname}>"
