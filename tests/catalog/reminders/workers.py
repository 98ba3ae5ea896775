"""Processes of a shop side by side: `python -m tests.catalog.reminders.workers COMMAND ARGUMENT`.

prepare N   a session in 20 minutes with N confirmed reminders; prints its code
ask EMAIL   somebody asks for a reminder of the one session; prints how many reminders there are
tell X      make the letters that are due; prints how many
work X      tell, send, forget; prints how many the server took
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django.setup()

from catalog import clock  # noqa: E402 - Django first
from catalog.livestreams.models import Livestream  # noqa: E402
from catalog.reminders.models import Reminder, ReminderLetter  # noqa: E402
from catalog.reminders.sending import work  # noqa: E402
from catalog.reminders.telling import tell  # noqa: E402
from tests.catalog.livestreams.making import MINUTE, announced, make_host  # noqa: E402
from tests.catalog.reminders import making  # noqa: E402


def prepare(many: str) -> object:
    show = announced(make_host()[0], starts_at=clock.now() + 20 * MINUTE)
    for number in range(int(many)):
        making.confirmed(show, f"u{number}@example.test")
    ReminderLetter.objects.all().delete()
    return show.code


def ask(address: str) -> object:
    making.ask(Livestream.objects.get(), address)
    return Reminder.objects.count()


def main(command: str, argument: str) -> None:
    """Say `ready`, wait for a line, then do it all at once with the others."""
    print("ready", flush=True)
    sys.stdin.readline()
    print({"prepare": prepare, "ask": ask, "tell": lambda _: tell(), "work": lambda _: work()}[command](argument))


if __name__ == "__main__":
    main(*sys.argv[1:])
