"""Queues: what a buyer waits for never stands behind publishing; and the sign of life of a worker."""

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from deploy.celery import WAKES, app
from deploy.cli.roles import QUEUES
from tests.side_by_side import Environment, own_shop

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60
SEND = """
import hashlib, sys, django
django.setup()
import deploy.celery
from django.db import transaction
from catalog import clock
from catalog.outbox.services import wake
from catalog.saleor.models import InboxMessage
with transaction.atomic():
    now = clock.now()
    InboxMessage.objects.create(digest=sys.argv[1], event="NOTHING_OF_OURS", key="k", issued_at=now, available_at=now)
    wake("inbox")
    wake("publish")
"""
DONE = """
import sys, django
django.setup()
from catalog.saleor.models import InboxMessage
print(InboxMessage.objects.exclude(done_at=None).filter(digest=sys.argv[1]).count())
"""


def _queue(task: str) -> str:
    return str(app.amqp.router.route({}, task)["queue"].name)


def test_every_task_has_a_queue_that_somebody_works_off() -> None:
    app.loader.import_default_modules()
    ours = {name: _queue(name) for name in app.tasks if not name.startswith("celery.")}
    assert ours == {
        "catalog.agreements.ask": "default",
        "catalog.agreements.send": "default",
        "catalog.health.look": "inbox",
        "catalog.reminders.work": "default",
        "catalog.reports.tidy": "default",
        "catalog.saleor.reconcile_offers": "default",
        "catalog.saleor.work_inbox": "inbox",
        "catalog.warnings.send": "default",
        "ocop_sync.publish.publish_due": "publish",
        "ocop_sync.publish.reconcile": "publish",
        "ocop_sync.sweep": "default",
        "ocop_sync.sync_due": "sync",
        "ocop_sync.sync_source": "sync",
        "storefront.orders.reconcile": "inbox",
    }
    assert set(ours.values()) == set(QUEUES)
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} == set(ours) - {"ocop_sync.sync_source"}


def test_a_sync_that_is_killed_comes_back_and_none_is_longer_than_its_queue_waits() -> None:
    app.loader.import_default_modules()
    task = app.tasks["ocop_sync.sync_source"]
    (queue,) = app.conf.task_queues

    assert (task.acks_late, task.reject_on_worker_lost) == (True, True)
    assert task.soft_time_limit < task.time_limit < queue.queue_arguments["x-consumer-timeout"] / 1000


def test_wakers_reach_the_same_queues() -> None:
    assert {topic: _queue(task) for topic, task in WAKES.items()} == {
        "publish": "publish",
        "inbox": "inbox",
        "sync": "sync",
        "warnings": "default",
        "reminders": "default",
        "agreements": "default",
    }


def test_what_a_request_commits_wakes_the_workers_too() -> None:
    script = "import deploy.wsgi; from catalog.outbox import services; print(*sorted(services._wakers))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "agreements inbox publish reminders sync warnings\n"


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Environment]:
    """A migrated shop on SQLite whose broker is a folder, or the Redis that REDIS_URL names."""
    with own_shop("sqlite", tmp_path) as known:
        known.pop("SALEOR_API_URL", None)
        yield known


@contextmanager
def _worker(environment: Environment, queue: str, beating: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "deploy.cli", "run", "worker", "--queue", queue, "--processes", "1"]
    with (beating.with_suffix(".log")).open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**environment, "CHOSAO_HEARTBEAT": str(beating)}, stdout=log, stderr=log
        )
    try:
        assert _until(beating.exists), beating.with_suffix(".log").read_text()
        yield
    finally:
        process.terminate()
        process.wait(30)


def _until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS
    while not (true := condition()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return true


def test_a_worker_of_one_queue_leaves_the_others_alone(environment: Environment, tmp_path: Path) -> None:
    digest = hashlib.sha256(str(tmp_path).encode()).hexdigest()

    def python(script: str) -> str:
        command = [sys.executable, "-c", script, digest]
        return subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=60
        ).stdout

    with _worker(environment, "publish", tmp_path / "publisher"):
        python(SEND)
        with _worker(environment, "default", tmp_path / "rest"):
            assert python(DONE) == "0\n"
        with _worker(environment, "inbox", tmp_path / "inbox"):
            assert _until(lambda: python(DONE) == "1\n")


@pytest.mark.parametrize(
    ("now", "minutes"),
    [("2026-11-24T16:59:00+00:00", 1), ("2026-11-24T17:01:00+00:00", 24 * 60 - 1), ("2026-11-24T23:30:00+07:00", 30)],
)
def test_the_sweep_is_due_at_midnight_in_vietnam(now: str, minutes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    schedule = app.conf.beat_schedule["midnight"]["schedule"]
    monkeypatch.setattr(schedule, "nowfun", lambda: datetime.fromisoformat(now).astimezone(app.timezone))

    due = schedule.remaining_estimate(datetime.fromisoformat(now).astimezone(app.timezone))

    assert round(due.total_seconds() / 60) == minutes
