"""Processes of a shop side by side: `python -m tests.catalog.saleor.webhooks.workers COMMAND FILE`.

deliver FILE    receive the signed deliveries in FILE; prints how many were news
work FILE       work off the inbox until nothing waits; every question is written to FILE
mirror FILE     mirror the states of one variant in FILE, in this process's own order
"""

import json
import os
import random
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django.setup()

from catalog.offers.mirror import StockState, VariantState, mirror  # noqa: E402 - Django first
from catalog.saleor.models import InboxMessage  # noqa: E402
from catalog.saleor.webhooks import inbox  # noqa: E402
from catalog.saleor.webhooks.receiving import receive  # noqa: E402
from catalog.saleor.webhooks.registry import HANDLERS  # noqa: E402
from catalog.saleor.webhooks.signatures import KeyRing  # noqa: E402

inbox.LEASE = timedelta(seconds=3)


def deliver(given: dict[str, Any]) -> int:
    """All of them, in an order of this process's own."""
    keys = KeyRing(lambda: given["jwks"])
    bodies = list(given["deliveries"])
    random.shuffle(bodies)
    headers = {"Saleor-Api-Url": given["api_url"]}
    return sum(receive(body.encode(), {**headers, "Saleor-Signature": sign}, keys) for body, sign in bodies)


def work(journal: Path) -> int:
    """Until nothing waits any more. A question takes some milliseconds, as in life."""

    def handler(keys: Any) -> None:
        started = time.monotonic()
        time.sleep(0.01)
        with journal.open("a") as file:  # one write, so that lines of several processes do not mix
            file.write(json.dumps([os.getpid(), started, time.monotonic(), list(keys)]) + "\n")

    for event in list(HANDLERS):
        HANDLERS[event] = handler
    done = 0
    while InboxMessage.objects.waiting().exists():
        done += inbox.process_inbox()
        time.sleep(0.01)
    return done


def mirror_all(given: dict[str, Any]) -> int:
    """Each state with the moment that it was asked for."""
    states = list(given["states"])
    random.shuffle(states)
    for asked_at, price in states:
        stock = StockState(given["warehouse"], price, 0)
        mirror(VariantState(given["reference"], "Gói", price, 500, (stock,)), datetime.fromisoformat(asked_at))
    return len(states)


def main(command: str, file: str) -> None:
    """Say `ready`, wait for a line, then do it all at once with the others."""
    print("ready", flush=True)
    sys.stdin.readline()
    if command == "work":
        print(work(Path(file)))
    else:
        given = json.loads(Path(file).read_text())
        print(deliver(given) if command == "deliver" else mirror_all(given))


if __name__ == "__main__":
    main(*sys.argv[1:])
