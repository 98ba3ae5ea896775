"""Photos go ninety days after closing, strays after a day; the report stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from catalog import clock
from catalog.quota.models import Quota
from catalog.reports import deciding
from catalog.reports.models import Report
from catalog.reports.tasks import tidy_task
from catalog.reports.tidying import KEPT_DAYS, tidy
from tests.catalog.reports.making import make_officer, make_report

pytestmark = pytest.mark.django_db


def _closed(days: int) -> Report:
    officer = make_officer(f"can-bo-{days}")
    report = make_report(1)
    deciding.take_up(report.pk, officer, 0)
    deciding.refuse(report.pk, officer, 1, answer="Không rõ.", reason="Ảnh mờ.")
    Report.objects.filter(pk=report.pk).update(closed_at=clock.now() - timedelta(days=days, minutes=1))
    return report


def _files(private: Path) -> set[str]:
    return {str(path.relative_to(private)) for path in private.rglob("*.jpg")}


def test_photos_go_after_ninety_days_and_the_report_stays(
    private: Path, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    due, younger, still_open = _closed(KEPT_DAYS), _closed(KEPT_DAYS - 1), make_report(1)
    kept = {photo.name for report in (younger, still_open) for photo in report.photos.all()}

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        deleted = tidy()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        again = tidy()

    due.refresh_from_db()
    assert (deleted, again) == (1, 0)
    assert _files(private) == kept
    assert (due.answer, due.events.count(), due.photos.count()) == ("Không rõ.", 3, 0)
    assert due.photos_deleted_at is not None


def test_a_reopened_report_keeps_its_photos(private: Path) -> None:
    report = _closed(KEPT_DAYS)
    deciding.reopen(report.pk, make_officer("khac"), 2, reason="Có tin mới.")
    assert tidy() == 0
    assert len(_files(private)) == 1


def test_a_photo_without_a_report_goes_after_a_day(private: Path) -> None:
    kept = make_report(1).photos.get().name
    for name, hours in (("old", 25), ("new", 1)):
        path = private / "reports" / f"{name}.jpg"
        path.write_bytes(b"left by a killed process")
        at = (clock.now() - timedelta(hours=hours)).timestamp()
        os.utime(path, (at, at))
    os.utime(private / str(kept), (0, 0))

    tidy()

    assert _files(private) == {str(kept), "reports/new.jpg"}


def test_the_hours_counts_go_too_and_an_empty_shop_is_fine(private: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tidy_task()
    make_report()
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    tidy_task()
    assert not Quota.objects.exists()
