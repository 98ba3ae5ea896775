"""Processes of a shop that sync by schedule: `python -m tests.ocop_sync.configured.workers COMMAND ARGUMENT`.

sync NAME      (side by side) sync it if it is due; prints "ran" or "left"
due NAME       (side by side) what is due; prints "due" if NAME is
press NAME     (side by side) the officer's button; prints "in" or the refusal's code
hold NAME      (side by side) sync it, and be at it until the lease was renewed; prints "ran" or "left"
lose NAME      (side by side) sync it, and lose the lease to somebody else meanwhile; prints whose it is then
load PATH      a run by hand of this table as the source `nguon`
wake TASK      send this task's message, as beat does
again NAME     the lease of whoever was killed has run out, and the source is due at this moment
kill PHASE     (side by side) SIGKILL to the process that syncs, while it is "reading" or "writing"; prints which
picture _      all that a sync leaves behind, as JSON
"""

import json
import os
import signal
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django.setup()

from catalog import clock  # noqa: E402 - Django first
from catalog.certificates.models import SourceRecord  # noqa: E402
from catalog.errors import ShopError  # noqa: E402
from catalog.history.models import ListingChange  # noqa: E402
from catalog.outbox.models import OutboxRow  # noqa: E402
from catalog.products.models import Product  # noqa: E402
from deploy.celery import app  # noqa: E402
from ocop_sync.configured import leases, services  # noqa: E402
from ocop_sync.configured.models import SourceSchedule  # noqa: E402
from ocop_sync.runs.models import Run, RunState, StagedRecord  # noqa: E402
from ocop_sync.runs.services import run_sync  # noqa: E402

SECONDS = 60


def sync(name: str) -> str:
    return "ran" if services.sync_if_due(name) else "left"


def hold(name: str) -> str:
    def run_sync_slowly(*_: object, **__: object) -> str:
        first = SourceSchedule.objects.get(name=name).leased_until
        while SourceSchedule.objects.get(name=name).leased_until == first:
            time.sleep(0.01)
        return "report"

    leases.EVERY = 0.05
    services.run_sync = run_sync_slowly  # type: ignore[assignment]
    return sync(name)


def lose(name: str) -> str:
    def run_sync_and_lose(*_: object, **__: object) -> str:
        SourceSchedule.objects.filter(name=name).update(lease_owner="other:1:ab")
        return "report"

    services.run_sync = run_sync_and_lose  # type: ignore[assignment]
    sync(name)
    row = SourceSchedule.objects.get(name=name)
    return f"{row.lease_owner} {row.good_at}"


def due(name: str) -> str:
    return "due" if name in services.due() else "not due"


def press(name: str) -> str:
    try:
        services.run_now(name)
    except ShopError as error:
        return error.code
    return "in"


def load(path: str) -> str:
    return str(run_sync(path, source_name="nguon").applied)


def wake(task: str) -> str:
    app.send_task(task, retry=False)
    return "sent"


def again(name: str) -> str:
    moment = clock.now() - timedelta(seconds=1)
    SourceSchedule.objects.filter(name=name, leased_until__isnull=False).update(leased_until=moment)
    SourceSchedule.objects.filter(name=name).update(available_at=moment)
    return "due"


def kill(phase: str) -> str:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        row = SourceSchedule.objects.get()
        run = Run.objects.filter(state__in=(RunState.STAGING, RunState.APPLYING)).first()
        met = run.state if run else "before"
        is_there = met == RunState.APPLYING if phase == "writing" else met in (RunState.STAGING, "before")
        if row.leased_until and row.leased_until > clock.now() and is_there:
            os.kill(int(row.lease_owner.split(":")[1]), signal.SIGKILL)
            return phase
        time.sleep(0.005)
    return "missed"


def picture(_: str) -> str:
    names = dict(Product.objects.values_list("code", "name"))
    records = SourceRecord.objects.values_list("key", "hash", "outcome", "reasons", "present", "row", "product__name")
    told = ListingChange.objects.values_list("product__name", "source", "row", "changes")
    history = [(*where, sorted(changes.items())) for *where, changes in told]
    return json.dumps({
        "products": sorted(map(repr, Product.objects.values_list("name", "star", "blocked", "listable_until"))),
        "records": sorted(map(repr, records)),
        "history": sorted(map(repr, history)),
        "outbox": sorted(f"{row.topic} {names.get(row.key, row.key)}" for row in OutboxRow.objects.all()),
        "left over": StagedRecord.objects.count() + Run.objects.filter(state__in=("staging", "applying")).count(),
    })  # fmt: skip


def main(command: str, argument: str) -> None:
    """Side by side: say `ready`, wait for a line, then do it all at once with the others."""
    if command in ("sync", "hold", "lose", "due", "press", "kill"):
        print("ready", flush=True)
        sys.stdin.readline()
    commands = {f.__name__: f for f in (sync, hold, lose, due, press, load, wake, again, kill, picture)}
    print(commands[command](argument))


if __name__ == "__main__":
    main(*sys.argv[1:])
