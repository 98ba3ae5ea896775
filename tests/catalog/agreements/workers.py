"""Processes of a shop side by side: `python -m tests.catalog.agreements.workers COMMAND ARGUMENT`.

make PRODUCERS  that many, with a member each, in three combos that wait for all of them; prints "made"
ask DAY         ask as of this day; prints how many notices were new
send DAY        send what is due as of this day; prints how many the server took
"""

import os
import sys
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django.setup()

from catalog import clock  # noqa: E402 - Django first
from catalog.agreements.sending import send_due  # noqa: E402
from catalog.agreements.services import ask  # noqa: E402
from catalog.combos.models import ComboAgreement  # noqa: E402
from tests.catalog.warnings.making import member  # noqa: E402
from tests.factories import make_combo, make_offer, make_producer, make_product  # noqa: E402


def make(producers: str) -> object:
    offers = [make_offer(make_product(producer=make_producer())) for _ in range(int(producers))]
    for number, offer in enumerate(offers):
        member(offer.product.producer, f"u{number}")
    for _ in range(3):
        make_combo(*((one, 1) for one in offers), approved_terms=None)
    ComboAgreement.objects.all().delete()
    return "made"


def ask_on(day: str) -> object:
    return ask(date.fromisoformat(day))


def send_on(day: str) -> object:
    with clock.as_of(date.fromisoformat(day)):
        return send_due()


def main(command: str, argument: str) -> None:
    """Say `ready`, wait for a line, then do it all at once with the others."""
    print("ready", flush=True)
    sys.stdin.readline()
    print({"make": make, "ask": ask_on, "send": send_on}[command](argument))


if __name__ == "__main__":
    main(*sys.argv[1:])
