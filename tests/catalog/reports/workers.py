"""Processes of a shop side by side: `python -m tests.catalog.reports.workers COMMAND ARGUMENT`.

submit TOKEN      send the form with this token and one photo; prints the report's key
admit MOST        knock once where an address may send MOST an hour; prints "in" or "out"
take OFFICER      take report 1 up as it was received; prints "in" or the refusal's code
tidy MOMENT       delete what is due at this moment; prints how many photos went
"""

import os
import sys
from collections.abc import Callable
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django.setup()

from catalog import clock  # noqa: E402 - Django first
from catalog.errors import ShopError  # noqa: E402
from catalog.people.models import User  # noqa: E402
from catalog.reports import deciding, quota  # noqa: E402
from catalog.reports.models import Kind  # noqa: E402
from catalog.reports.services import Sighting, submit  # noqa: E402
from catalog.reports.tidying import tidy  # noqa: E402
from tests.pictures import upload  # noqa: E402


def submit_once(token: str) -> object:
    return submit(token, Sighting(kind=Kind.OTHER, place="Chợ"), [upload()], "198.51.100.7").pk


def admit(most: str) -> object:
    quota.PER_ADDRESS = int(most)
    return _outcome(lambda: quota.admit("198.51.100.7"))


def take(officer: str) -> object:
    return _outcome(lambda: deciding.take_up(1, User.objects.get(username=officer), 0))


def tidy_at(moment: str) -> object:
    clock.now = lambda: datetime.fromisoformat(moment)  # type: ignore[assignment]
    return tidy()


def _outcome(act: Callable[[], None]) -> str:
    try:
        act()
    except ShopError as error:
        return error.code
    return "in"


def main(command: str, argument: str) -> None:
    """Say `ready`, wait for a line, then do it all at once with the others."""
    print("ready", flush=True)
    sys.stdin.readline()
    print({"submit": submit_once, "admit": admit, "take": take, "tidy": tidy_at}[command](argument))


if __name__ == "__main__":
    main(*sys.argv[1:])
