"""Processes of a shop side by side: `python -m tests.catalog.warnings.workers COMMAND ARGUMENT`.

make PRODUCTS   that many products of three producers, 25 days before their end, with a member each; prints "made"
warn DAY        sweep as of this day; prints how many warnings were new
send DAY        send what is due as of this day; prints how many the server took
"""

import os
import sys
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django.setup()

from catalog import clock  # noqa: E402 - Django first
from catalog.warnings.sending import send_due  # noqa: E402
from catalog.warnings.services import warn  # noqa: E402
from tests.catalog.warnings.making import ending_in, member  # noqa: E402
from tests.factories import make_producer  # noqa: E402


def make(products: str) -> object:
    coops = [make_producer() for _ in range(3)]
    for number, coop in enumerate(coops):
        member(coop, f"u{number}")
    for number in range(int(products)):
        ending_in(25, producer=coops[number % 3])
    return "made"


def warn_on(day: str) -> object:
    return warn(date.fromisoformat(day))


def send_on(day: str) -> object:
    with clock.as_of(date.fromisoformat(day)):
        return send_due()


def main(command: str, argument: str) -> None:
    """Say `ready`, wait for a line, then do it all at once with the others."""
    print("ready", flush=True)
    sys.stdin.readline()
    print({"make": make, "warn": warn_on, "send": send_on}[command](argument))


if __name__ == "__main__":
    main(*sys.argv[1:])
