"""Reminders for tests."""

import re
from datetime import datetime

from catalog import clock
from catalog.livestreams.models import Livestream
from catalog.reminders import services
from catalog.reminders.models import Reminder

AN = "an@example.test"


class Hours:
    """The clock of a test: `now()` moves when told to."""

    def __init__(self) -> None:
        self.now = datetime.now(clock.TIME_ZONE)

    def to(self, moment: datetime) -> None:
        self.now = moment


def ask(
    session: Livestream, address: str = "an@example.test", language: str = "vi", network: str = "192.0.2.1"
) -> None:
    """A viewer's wish."""
    services.ask(session, address, language, network)


def confirmed(session: Livestream, address: str = AN, language: str = "vi") -> Reminder:
    """A viewer who asked, and opened the link."""
    ask(session, address, language)
    reminder = Reminder.objects.get(livestream=session, address=address)
    services.confirm(services.confirm_token(reminder))
    reminder.refresh_from_db()
    return reminder


def link(text: str, of: str) -> str:
    """The path of the link of a mail's text: "nhac" or "bo-nhac"."""
    found = re.search(rf"https?://[^/\s]+(\S*/truc-tiep/{of}/\S+)", text)
    assert found, text
    return found[1]
