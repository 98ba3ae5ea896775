"""A report is kept once, without what nobody should keep, or not at all."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from catalog import clock
from catalog.quota.models import Quota
from catalog.reports import quota, services
from catalog.reports.errors import BadPhoto, PhotosNotStored, TooManyReports
from catalog.reports.models import Action, Kind, Report, ReportEvent, ReportPhoto, private_storage
from catalog.reports.services import Sighting, progress, submit
from tests.catalog.reports.making import make_report, token
from tests.factories import make_product
from tests.pictures import upload

pytestmark = pytest.mark.django_db
SEEN = Sighting(kind=Kind.BORROWED, place="Chợ Đà Lạt")


def test_a_report_keeps_what_was_seen_and_its_first_line_of_the_log(private: Path) -> None:
    product = make_product()

    report = make_report(2, code=product.code.lower(), commune="xã Hiệp Thạnh", note="Tem 4 sao.\r\n\r\nBán 50.000")

    report.refresh_from_db()
    assert (report.product, report.code, report.state, report.version) == (product, product.code, "received", 0)
    assert (report.province_code, report.commune_code, report.place) == ("68", "24967", "Chợ Đà Lạt")
    assert report.note == "Tem 4 sao.\nBán 50.000"
    assert [event.action for event in report.events.all()] == [Action.RECEIVED]
    files = sorted(str(path.relative_to(private)) for path in private.rglob("*.jpg"))
    assert files == sorted(photo.name for photo in report.photos.all())
    assert len(files) == 2


def test_a_commune_that_does_not_prove_itself_stays_a_text() -> None:
    report = make_report(commune="xã Không Có Thật", place="tiệm đầu dốc")
    assert (report.commune_code, report.place) == ("", "xã Không Có Thật, tiệm đầu dốc")


@pytest.mark.parametrize("typed", ["", "0000000", "ABC-xyz"])
def test_a_label_may_bear_no_code_or_a_wrong_one(typed: str) -> None:
    report = make_report(code=typed)
    assert (report.product, report.code) == (None, typed)


def test_telephone_numbers_are_taken_out_of_every_text() -> None:
    split = "09\u200b12 345 678"  # an invisible character between the digits
    report = make_report(code="0912345678", place="Tiệm 0912.345.678", note=f"gọi {split}\n+84 912 345 678", commune="")
    assert (report.code, report.place, report.note) == ("…", "Tiệm …", "gọi …\n…")


def test_the_same_form_twice_is_one_report_and_counts_once(private: Path) -> None:
    same = token()
    first = submit(same, SEEN, [upload()], "198.51.100.7")
    second = submit(same, SEEN, [upload()], "198.51.100.7")

    assert first == second
    assert Report.objects.count() == ReportPhoto.objects.count() == len(list(private.rglob("*.jpg"))) == 1
    assert set(Quota.objects.values_list("count", flat=True)) == {1}


def test_a_bad_photo_keeps_nothing(private: Path) -> None:
    with pytest.raises(BadPhoto) as told:
        submit(token(), SEEN, [upload(), upload(b"no picture")], "198.51.100.7")
    assert told.value.data["number"] == 2
    assert not Report.objects.exists()
    assert not list(private.rglob("*.jpg"))


def test_a_storage_that_fails_keeps_nothing(private: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save, stored = type(private_storage()).save, []

    def once(self: object, name: str, content: object, **options: object) -> str:
        if stored:
            raise OSError("full")
        stored.append(save(self, name, content, **options))
        return stored[-1]

    monkeypatch.setattr(type(private_storage()), "save", once)
    with pytest.raises(PhotosNotStored):
        submit(token(), SEEN, [upload(), upload()], "198.51.100.7")
    assert len(stored) == 1
    assert not Report.objects.exists()
    assert not list(private.rglob("*.jpg"))


def test_an_address_sends_ten_an_hour_and_the_eleventh_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now().replace(minute=20, second=0, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: now)
    for _ in range(quota.PER_ADDRESS):
        make_report()

    with pytest.raises(TooManyReports) as told:
        make_report()

    assert told.value.data == {"seconds": 2400, "minutes": 40}
    assert Report.objects.count() == Quota.objects.get(key="").count == quota.PER_ADDRESS
    make_report(address="198.51.100.8")  # another address
    now += timedelta(minutes=40)
    make_report()


def test_all_together_are_limited_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "TOGETHER", 2)
    make_report(address="198.51.100.1")
    make_report(address="198.51.100.2")
    with pytest.raises(TooManyReports):
        make_report(address="198.51.100.3")
    assert Quota.objects.count() == 3  # the refused address left no row


def test_one_network_of_ipv6_counts_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "PER_ADDRESS", 1)
    make_report(address="2001:db8:1:2::5")
    with pytest.raises(TooManyReports):
        make_report(address="2001:db8:1:2:ffff::9")
    make_report(address="2001:db8:1:3::5")


def test_the_address_is_nowhere_and_its_hash_goes_with_the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    make_report(address="198.51.100.7")
    with connection.cursor() as cursor:
        for model in (Report, ReportEvent, Quota):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            assert "198.51.100" not in str(cursor.fetchall())
    before = set(Quota.objects.exclude(key="").values_list("key", flat=True))

    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    make_report(address="198.51.100.7")

    after = set(Quota.objects.exclude(key="").values_list("key", flat=True))
    assert len(before) == len(after) == 1
    assert before != after


def test_a_reference_opens_progress_and_nothing_else_does() -> None:
    report = make_report()
    shown = progress(f" {services.written(report.reference).lower()} ")
    assert shown is not None
    assert (shown.state, shown.answer) == ("received", "")
    assert len(report.reference) == 12
    for other in ("", "1", str(report.pk), report.token, report.reference[:-1], "000000000000"):
        assert progress(other) is None
