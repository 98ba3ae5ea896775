"""Health of the sources and their last runs."""

from datetime import date, timedelta
from typing import Any

import pytest

from catalog import clock
from catalog.certificates.models import Source
from ocop_sync.desk.programme import sources, sync_tables
from ocop_sync.desk.programme.figures import figures
from ocop_sync.desk.programme.question import Question
from ocop_sync.runs.models import Run

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
COUNTS = {"read": 9, "listed": 5, "lapsed": 2, "held": 1, "ignored": 1, "withdrawn": 3, "applied": 4}


def make_source(name: str, *states: str, **facts: Any) -> Source:
    """A source with a run a state, a day apart, the oldest first."""
    source = Source.objects.create(name=name)
    for n, state in enumerate(states):
        ended = None if state in ("staging", "applying") else clock.now() - timedelta(days=len(states) - n)
        told = {"counts": COUNTS, "finished_at": ended, **facts}
        Run.objects.create(source=source, state=state, origin="x", digest="x", as_of=DAY + timedelta(days=n), **told)
    return source


@pytest.mark.parametrize(
    ("states", "good", "failed", "waiting", "told"),
    [
        ((), None, 0, 0, "Chưa xong lần nào"),
        (("done",), 0, 0, 0, "Tốt"),
        (("failed", "done"), 1, 0, 0, "Tốt"),
        (("done", "failed", "abandoned"), 0, 2, 0, "Đang hỏng"),
        (("failed", "failed", "failed", "failed"), None, 4, 0, "Đang hỏng"),
        (("done", "failed", "waiting"), 0, 1, 1, "Chờ cán bộ"),
        (("waiting", "done"), 1, 0, 0, "Tốt"),
        (("done", "staging"), 0, 0, 0, "Đang chạy"),
        (("applying",), None, 0, 0, "Chưa xong lần nào"),
    ],
)
def test_health(states: tuple[str, ...], good: int | None, failed: int, waiting: int, told: str) -> None:
    source = make_source("so", *states)
    make_source("khac", "done", "failed")

    (one,) = [one for one in sources.health() if one.source == source.name]

    run = source.runs.order_by("pk")[good] if good is not None else None
    assert (one.good_at, one.good_as_of) == ((run.finished_at, run.as_of) if run else (None, None))
    assert (one.state, one.failed, one.waiting) == (states[-1] if states else "", failed, waiting)
    table = sync_tables.sources(figures(Question()))
    (row,) = [row for row in table.rows if row[0] == "so"]
    assert row[1].text == told  # type: ignore[union-attr]


def test_the_last_three_runs_of_each_source_the_newest_first() -> None:
    make_source("b", "done", "done", "failed", "done", "waiting", problem="Hỏng")
    make_source("a", "done", counts={"read": 0})

    runs = sources.last_runs()

    assert [(one.source, one.state, one.as_of.day) for one in runs] == [
        ("a", "done", 20), ("b", "waiting", 24), ("b", "done", 23), ("b", "failed", 22),
    ]  # fmt: skip
    assert runs[0].counts == (0, None, None, None, None, None)
    assert runs[1].counts == (9, 5, 2, 1, 1, 3)
    table = sync_tables.runs(figures(Question(star=5)))
    assert [row[5:] for row in table.rows] == [one.counts for one in runs]
    assert [row[4] for row in table.rows] == [None, "Hỏng", "Hỏng", "Hỏng"]


def test_a_run_at_work_is_told_by_when_it_began() -> None:
    run = make_source("a", "staging").runs.get()
    assert sources.last_runs()[0].at == run.started_at
