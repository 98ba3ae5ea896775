"""Rows of the file's sources: made with the file, due once, retried with growing waits, left to officers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from catalog import clock
from catalog.certificates.models import SourceRecord
from catalog.health.models import Sign
from catalog.people.models import User
from ocop_sync.configured import services
from ocop_sync.configured.errors import AlreadyRunning, NotConfigured
from ocop_sync.configured.models import SourceSchedule
from ocop_sync.configured.services import due, run_now, sync_if_due
from ocop_sync.configured.standing import standing
from ocop_sync.errors import ClockBackwards, NoReason, ReleasedAlready, ReleaseStale, SourceStale
from ocop_sync.runs import services as run_services
from ocop_sync.runs.models import Release, Run, RunState
from ocop_sync.runs.services import run_sync
from tests.ocop_sync.configured.files import SOUND, write_sources
from tests.ocop_sync.tables import row, write

pytestmark = pytest.mark.django_db
EVENING, NIGHT = "2026-11-24T20:00:00+07:00", "2026-11-25T02:40:00+07:00"
Clock = Callable[[str], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the clock."""

    def set_clock(moment: str) -> None:
        now = datetime.fromisoformat(moment)
        monkeypatch.setattr(clock, "now", lambda: now)
        monkeypatch.setattr(clock, "today", lambda: now.astimezone(clock.TIME_ZONE).date())

    monkeypatch.setattr(services.random, "uniform", lambda low, high: 1.0)
    set_clock(EVENING)
    return set_clock


@pytest.fixture
def file(tmp_path: Path, settings) -> Path:
    """A file with one source `nguon`, a table of eight products."""
    settings.SOURCES_FILE = write_sources(tmp_path / "sources.toml", nguon=SOUND)
    write(tmp_path / "bang.csv", [row(n) for n in range(1, 9)])
    return tmp_path / "sources.toml"


def the_row(name: str = "nguon") -> SourceSchedule:
    return SourceSchedule.objects.get(name=name)


def next_time(name: str = "nguon") -> str:
    return the_row(name).available_at.astimezone(clock.TIME_ZONE).isoformat()


def test_a_source_of_the_file_is_due_at_its_next_time_and_not_before(file: Path, at: Clock) -> None:
    assert due() == []
    assert (next_time(), the_row().kind, the_row().address) == (NIGHT, "table", "bang.csv")

    at("2026-11-25T02:39:59+07:00")
    assert due() == []
    at(NIGHT)
    assert due() == ["nguon"]


def test_a_sync_that_went_well_is_due_again_at_the_next_time(file: Path, at: Clock) -> None:
    due()
    at(NIGHT)

    report = sync_if_due("nguon")

    assert report
    assert report.counts()["listed"] == 8
    one = the_row()
    assert (next_time(), one.last_error, one.attempts, one.leased_until) == ("2026-11-26T02:40:00+07:00", "", 0, None)
    assert one.good_at == one.finished_at == clock.now()
    assert (due(), sync_if_due("nguon"), Run.objects.count()) == ([], None, 1)


def test_what_was_missed_while_the_shop_was_down_is_caught_up_once(file: Path, at: Clock) -> None:
    due()
    at("2026-12-03T09:12:00+07:00")  # nine nights later

    assert due() == ["nguon"]
    sync_if_due("nguon")

    assert due() == []
    assert next_time() == "2026-12-04T02:40:00+07:00"
    assert Run.objects.count() == 1


def test_the_options_of_the_file_reach_the_run(file: Path, at: Clock, tmp_path: Path) -> None:
    table = Path(write(tmp_path / "la.csv", [row(1, original_address="Phường Xuân Hương - Đà Lạt", evidence_level="")]))
    table.write_text(table.read_text().replace("decision_number", "Số văn bản CN"))
    facts = {"address": "la.csv", "province": "Lâm Đồng", "evidence": "A", "columns": {"Số văn bản CN": "decision"}}
    write_sources(file, nguon={**SOUND, **facts})
    due()
    at(NIGHT)

    report = sync_if_due("nguon")

    assert report
    assert report.counts()["listed"] == 1


def test_a_source_of_another_kind_than_the_file_says_is_not_taken(file: Path, at: Clock) -> None:
    write_sources(file, nguon={**SOUND, "kind": "workbook"})
    due()
    at(NIGHT)

    sync_if_due("nguon")

    assert "kind = 'workbook'" in the_row().last_error
    assert SourceRecord.objects.count() == 0


def test_failures_are_tried_again_after_growing_waits_until_the_next_regular_time(file: Path, at: Clock) -> None:
    (file.parent / "bang.csv").unlink()
    due()
    at(NIGHT)
    waits, moments = [], []
    for _ in range(9):
        sync_if_due("nguon")
        moments.append(next_time())
        waits.append(round((the_row().available_at - clock.now()).total_seconds() / 60))
        at(next_time())

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert "bang.csv" in the_row().last_error
    assert not the_row().needs_officer
    at("2026-11-26T01:55:00+07:00")
    sync_if_due("nguon")
    assert (next_time(), the_row().attempts) == ("2026-11-26T02:40:00+07:00", 0)


def test_waits_are_spread_by_chance(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file.parent / "bang.csv").unlink()
    due()
    waits = set()
    for _ in range(5):
        SourceSchedule.objects.update(available_at=clock.now() - timedelta(seconds=1), attempts=3)
        sync_if_due("nguon")
        waits.add(the_row().available_at - (the_row().finished_at or clock.now()))

    assert len(waits) == 5


def test_a_failure_that_is_no_refusal_is_told_and_tried_again_too(
    file: Path, at: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "run_sync", lambda *_, **__: 1 / 0)
    due()
    at(NIGHT)

    sync_if_due("nguon")

    assert the_row().last_error.startswith("ZeroDivisionError")
    assert next_time() == "2026-11-25T02:41:00+07:00"


@pytest.mark.parametrize(
    "error",
    [SourceStale(source="nguon", told="23/11", had="24/11"), ClockBackwards(source="nguon", today="1", last="2")],
)
def test_what_an_officer_has_to_see_is_not_tried_again_before_its_time(
    error: Exception, file: Path, at: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(services, "run_sync", refuse)
    due()
    at(NIGHT)

    sync_if_due("nguon")

    assert (the_row().needs_officer, next_time()) == (True, "2026-11-26T02:40:00+07:00")


def test_another_schedule_counts_from_now_and_the_same_one_keeps_what_is_due(file: Path, at: Clock) -> None:
    due()
    at("2026-11-25T03:00:00+07:00")
    file.rename(file.with_name("weg.toml"))
    assert due() == []
    assert not the_row().is_configured
    file.with_name("weg.toml").rename(file)
    assert due() == ["nguon"]  # the night was missed meanwhile

    write_sources(file, nguon={**SOUND, "schedule": "0 6 * * *"})
    assert (due(), next_time()) == ([], "2026-11-25T06:00:00+07:00")


def test_while_the_file_is_wrong_nothing_is_begun_and_it_is_said(file: Path, at: Clock) -> None:
    due()
    at(NIGHT)
    file.write_text("[sources.nguon]\nkind = 'x'\n")

    assert due() == []
    assert the_row().is_configured
    sign = Sign.objects.get(name=services.SIGN)
    assert not sign.ok
    assert "sources.nguon.kind" in sign.detail["why"]

    write_sources(file, nguon=SOUND)
    assert due() == ["nguon"]
    assert Sign.objects.get(name=services.SIGN).ok


def test_a_source_that_somebody_is_at_is_not_begun_twice(file: Path, at: Clock) -> None:
    due()
    at(NIGHT)
    lease = clock.now() + timedelta(seconds=30)
    SourceSchedule.objects.update(leased_until=lease, lease_owner="other:1:ab")

    assert (due(), sync_if_due("nguon")) == ([], None)
    at((lease + timedelta(seconds=1)).isoformat())
    assert due() == ["nguon"]  # it was killed
    assert sync_if_due("nguon")


def test_a_run_by_hand_is_waited_for(file: Path, at: Clock) -> None:
    due()
    at(NIGHT)
    run_sync(str(file.parent / "bang.csv"), source_name="nguon")
    Run.objects.update(state=RunState.STAGING, leased_until=clock.now() + timedelta(minutes=5), lease_owner="other:1:a")

    sync_if_due("nguon")

    assert "đang được đồng bộ" in the_row().last_error
    assert next_time() == "2026-11-25T02:41:00+07:00"


def test_now_means_now_and_not_twice(file: Path, at: Clock) -> None:
    due()

    run_now("nguon")
    assert due() == ["nguon"]
    SourceSchedule.objects.update(leased_until=clock.now() + timedelta(seconds=30), lease_owner="other:1:ab")
    with pytest.raises(AlreadyRunning):
        run_now("nguon")
    with pytest.raises(NotConfigured):
        run_now("khac")


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="can-bo", email="can-bo@example.test", is_officer=True)


def stopped(file: Path, at: Clock) -> Run:
    """Eight products, then a night that brings one of them: the guard stops it."""
    due()
    at(NIGHT)
    sync_if_due("nguon")
    write(file.parent / "bang.csv", [row(1)])
    at("2026-11-26T02:40:00+07:00")
    sync_if_due("nguon")
    run = Run.objects.select_related("source").first()
    assert run
    assert run.state == RunState.WAITING
    return run


def test_a_stopped_run_says_what_would_leave_the_shelf_and_waits(file: Path, at: Clock) -> None:
    run = stopped(file, at)

    assert (run.guarded["delists"], run.guarded["listed"], len(run.guarded["codes"])) == (7, 8, 7)
    assert (the_row().needs_officer, next_time()) == (True, "2026-11-27T02:40:00+07:00")


def test_a_released_run_passes_once_and_its_officer_stands_in_the_history(file: Path, at: Clock, officer: User) -> None:
    run = stopped(file, at)

    services.let_pass(run.pk, officer, "Tỉnh đã rút danh sách cũ")
    assert due() == ["nguon"]
    report = sync_if_due("nguon")

    assert report
    assert report.counts()["withdrawn"] == 7
    release = Release.objects.get()
    assert (release.by, release.used_by) == (officer, Run.objects.first())
    told = set(release.used_by.source.records.filter(present=False).values_list("product__changes__why", flat=True))
    assert told == {"", "Tỉnh đã rút danh sách cũ"}
    assert not the_row().needs_officer

    write(file.parent / "bang.csv", [row(n) for n in range(1, 9)])
    run_now("nguon")
    assert sync_if_due("nguon")
    write(file.parent / "bang.csv", [row(1)])
    run_now("nguon")
    assert sync_if_due("nguon") is None  # the same content, a second time: guarded anew
    assert Run.objects.first().state == RunState.WAITING  # type: ignore[union-attr]


def test_another_content_is_guarded_anew(file: Path, at: Clock, officer: User) -> None:
    run = stopped(file, at)
    services.let_pass(run.pk, officer, "Đã kiểm tra")
    write(file.parent / "bang.csv", [row(2)])

    assert sync_if_due("nguon") is None

    assert Run.objects.first().state == RunState.WAITING  # type: ignore[union-attr]
    assert Release.objects.get().used_by is None
    write(file.parent / "bang.csv", [row(1)])  # what was released comes back, after something else came in between
    run_now("nguon")
    assert sync_if_due("nguon") is None
    assert Release.objects.get().used_by is None


def test_a_failed_fetch_in_between_makes_nothing_old(file: Path, at: Clock, officer: User) -> None:
    run = stopped(file, at)
    table = (file.parent / "bang.csv").read_bytes()
    (file.parent / "bang.csv").unlink()
    run_now("nguon")
    sync_if_due("nguon")
    assert Run.objects.first().state == RunState.FAILED  # type: ignore[union-attr]
    (file.parent / "bang.csv").write_bytes(table)

    services.let_pass(run.pk, officer, "Đã kiểm tra")

    assert sync_if_due("nguon")


def test_a_release_is_refused_twice_without_a_reason_and_when_it_is_old(file: Path, at: Clock, officer: User) -> None:
    run = stopped(file, at)
    with pytest.raises(NoReason):
        services.let_pass(run.pk, officer, "  ")
    services.let_pass(run.pk, officer, "Đã kiểm tra")
    with pytest.raises(ReleasedAlready):
        services.let_pass(run.pk, officer, "Đã kiểm tra")

    write(file.parent / "bang.csv", [row(3)])
    sync_if_due("nguon")
    newest = Run.objects.first()
    assert newest
    write(file.parent / "bang.csv", [row(n) for n in range(1, 9)])
    run_now("nguon")
    sync_if_due("nguon")
    for old in (newest.pk, Run.objects.first().pk):  # type: ignore[union-attr]
        with pytest.raises(ReleaseStale):
            services.let_pass(old, officer, "Đã kiểm tra")
    assert Release.objects.count() == 1


@pytest.mark.parametrize("place", ["_stage", "apply_chunk"])
def test_a_released_run_that_dies_before_or_after_it_is_staged_goes_on(
    place: str, file: Path, at: Clock, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = stopped(file, at)
    services.let_pass(run.pk, officer, "Đã kiểm tra")

    with monkeypatch.context() as patch:
        patch.setattr(run_services, place, lambda *_: 1 / 0)
        assert sync_if_due("nguon") is None
    assert (Release.objects.get().used_by is None) == (place == "_stage")
    run_now("nguon")

    assert sync_if_due("nguon")
    assert SourceRecord.objects.filter(present=True).count() == 1
    assert Release.objects.get().used_by == Run.objects.first()


def test_a_source_that_was_synced_by_hand_is_not_new(file: Path, at: Clock) -> None:
    due()
    assert [one.state for one in standing()] == ["new"]
    run_sync(str(file.parent / "bang.csv"), source_name="nguon")
    assert [(one.state, one.good_at) for one in standing()] == [("well", Run.objects.get().finished_at)]
