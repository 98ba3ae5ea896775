"""Leases: two workers never hold one row, a dead worker's rows come back, nothing is lost."""

from datetime import timedelta

import pytest
from django.db import transaction

from catalog import clock
from catalog.outbox.models import OutboxRow
from catalog.outbox.services import claim, emit, finish, on_wake, retry

pytestmark = pytest.mark.django_db


def test_a_row_is_held_by_one_worker_only() -> None:
    emit("index", ["A", "B", "C"])
    first = claim("index", "one", limit=2)
    second = claim("index", "two")
    assert [row.key for row in first] == ["A", "B"]
    assert [row.key for row in second] == ["C"]
    assert claim("index", "three") == []


def test_finished_rows_go_and_others_stay() -> None:
    emit("index", ["A", "B"])
    emit("publish", ["A"])
    finish(claim("index", "one", limit=1))
    assert sorted(OutboxRow.objects.values_list("topic", "key")) == [("index", "B"), ("publish", "A")]


def test_a_dead_workers_rows_come_back_and_its_late_finish_deletes_nothing() -> None:
    emit("index", ["A"])
    dead = claim("index", "dead")
    OutboxRow.objects.update(leased_until=clock.now() - timedelta(seconds=1))
    alive = claim("index", "alive")
    assert [row.key for row in alive] == ["A"]
    finish(dead)
    assert OutboxRow.objects.count() == 1
    finish(alive)
    assert OutboxRow.objects.count() == 0


def test_a_failure_waits_longer_each_time_and_keeps_its_error() -> None:
    emit("index", ["A"])
    (row,) = claim("index", "one")
    retry(row, "Saleor is down")
    assert claim("index", "one") == []
    row.refresh_from_db()
    assert (row.attempts, row.last_error, row.leased_until) == (1, "Saleor is down", None)
    assert timedelta(seconds=0) < row.available_at - clock.now() <= timedelta(seconds=2)


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_wakes_nobody_and_leaves_no_row() -> None:
    woken: list[str] = []
    on_wake("test", lambda: woken.append("woken"))
    with transaction.atomic():
        emit("test", ["A"])
        transaction.set_rollback(True)
    assert (woken, OutboxRow.objects.count()) == ([], 0)
    emit("test", ["A"])
    assert woken == ["woken"]
