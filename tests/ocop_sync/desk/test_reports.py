"""The officer's queue of reports: filters, one report, what can be done with it; nobody else finds any of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.people.models import User
from catalog.reports import deciding
from catalog.reports.models import Kind, Report, State, private_storage
from tests.catalog.reports.making import make_officer, make_report
from tests.factories import make_buyer, make_member, make_product, make_staff

pytestmark = pytest.mark.django_db
SAID = {"answer": "Đã báo tỉnh.", "reason": "Ảnh rõ."}


def log_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def act(client: Client, report: Report, version: int, action: str, **typed: Any) -> Any:
    address = reverse("officer_report_act", args=[report.pk])
    return client.post(address, {"version": version, "action": action, **typed})


def addresses(report: Report) -> list[str]:
    photo = report.photos.get()
    return [
        reverse("officer_reports"),
        reverse("officer_report", args=[report.pk]),
        reverse("officer_report_photo", args=[photo.pk]),
    ]


@pytest.mark.parametrize("make", [make_buyer, make_member, make_staff])
def test_nobody_but_officers_finds_reports_photos_or_decisions(make: Any, private: Path) -> None:
    report = make_report(1)
    client = log_in(make())

    assert [client.get(address).status_code for address in addresses(report)] == [404] * 3
    assert act(client, report, 0, "take").status_code == 404
    report.refresh_from_db()
    assert (report.state, report.version) == (State.RECEIVED, 0)


def test_a_stranger_is_sent_to_the_login(client: Client, private: Path) -> None:
    report = make_report(1)
    for address in addresses(report):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))
    assert act(client, report, 0, "take").status_code == 302
    report.refresh_from_db()
    assert report.version == 0


def test_decisions_come_by_post_with_the_forms_word_only(private: Path) -> None:
    report, officer = make_report(1), make_officer()
    assert log_in(officer).get(reverse("officer_report_act", args=[report.pk])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    assert act(strict, report, 0, "take").status_code == 403


def test_an_officer_sees_the_report_with_its_photos_and_the_products_certificate(private: Path) -> None:
    product = make_product()
    report = make_report(2, code=product.code, note="Lời kể của khách")
    same_product, elsewhere = make_report(code=product.code, place="Nơi khác"), make_report(place="Chợ Bến Thành")
    client = log_in(make_officer())

    page = client.get(reverse("officer_report", args=[report.pk])).content.decode()

    assert product.current is not None
    for told in (product.name, product.current.decision_number, "Còn hiệu lực", "Lời kể của khách", "Chợ Đà Lạt"):
        assert told in page
    assert f'href="{reverse("officer_report", args=[same_product.pk])}"' in page
    assert f'href="{reverse("officer_report", args=[elsewhere.pk])}"' not in page
    for photo in report.photos.all():
        address = reverse("officer_report_photo", args=[photo.pk])
        assert address in page
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
        assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")


def test_a_photo_whose_file_is_gone_is_a_404(private: Path) -> None:
    photo = make_report(1).photos.get()
    private_storage().delete(photo.name)
    assert log_in(make_officer()).get(reverse("officer_report_photo", args=[photo.pk])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, [0, 1, 2]),
        ({"trang-thai": "tat-ca"}, [0, 1, 2, 3]),
        ({"trang-thai": "taken"}, [1]),
        ({"trang-thai": "not_confirmed"}, [3]),
        ({"loai": "higher"}, [2]),
        ({"tinh": "79"}, [2]),
        ({"tuoi": "7"}, [0]),
        ({"tuoi": "x", "trang": "99"}, [0, 1, 2]),
        ({"loai": "\0", "tinh": "\0", "trang-thai": "\0", "tuoi": "\0"}, [0, 1, 2]),
    ],
)
def test_the_queue_is_filtered(asked: dict[str, str], numbers: list[int]) -> None:
    officer = make_officer()
    made = [make_report(place=f"Nơi số {n}") for n in range(2)]
    made.append(make_report(place="Nơi số 2", kind=Kind.HIGHER, province_code="79"))
    made.append(make_report(place="Nơi số 3"))
    for report in (made[1], made[3]):
        deciding.take_up(report.pk, officer, 0)
    deciding.refuse(made[3].pk, officer, 1, **SAID)
    Report.objects.filter(pk=made[0].pk).update(created_at=clock.now() - timedelta(days=8))

    page = log_in(officer).get(reverse("officer_reports"), asked).content.decode()

    assert [n for n in range(4) if f"Nơi số {n}" in page] == numbers


def test_the_overview_tells_how_many_wait() -> None:
    make_report()
    page = log_in(make_officer()).get(reverse("officer")).content.decode()
    assert "<b>Phản ánh nhãn giả</b><span>Đang chờ: 1</span>" in page
    assert reverse("officer_reports") in page


def test_an_officers_way_through_a_report() -> None:
    officer, product = make_officer(), make_product()
    report = make_report(code=product.code)
    client = log_in(officer)

    answers = [
        act(client, report, 0, "take"),
        act(client, report, 1, "confirm", done=["told_province", "suspended", "invented"], **SAID),
        act(client, report, 2, "reopen", reason="Có giấy tờ.", lift="1"),
        act(client, report, 3, "take"),
        act(client, report, 4, "refuse", **SAID),
    ]

    assert [answer.status_code for answer in answers] == [302] * 5
    report.refresh_from_db()
    product.refresh_from_db()
    assert (report.state, report.version, product.blocked) == (State.NOT_CONFIRMED, 5, "")
    log = report.events.values_list("action", "officer__username")
    assert list(log) == [
        ("received", None), ("taken", "can-bo"), ("confirmed", "can-bo"), ("reopened", "can-bo"), ("taken", "can-bo"),
        ("not_confirmed", "can-bo"),
    ]  # fmt: skip
    page = client.get(reverse("officer_report", args=[report.pk])).content.decode()
    assert "Có giấy tờ." in page


def test_the_second_of_two_officers_is_told_and_keeps_what_was_typed() -> None:
    first, second = make_officer("an"), make_officer("binh")
    report = make_report()
    deciding.take_up(report.pk, second, 0)
    deciding.take_up(report.pk, first, 1, reason="Làm thay.")

    answer = act(log_in(second), report, 1, "refuse", answer="Câu đã gõ", reason="Lý do đã gõ")

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Cán bộ an đã xử lý phản ánh này" in page
    report.refresh_from_db()
    assert (report.state, report.officer, report.version) == (State.TAKEN, first, 2)


def test_a_refused_decision_keeps_what_was_typed() -> None:
    officer = make_officer()
    report = make_report()
    deciding.take_up(report.pk, officer, 0)
    answer = act(log_in(officer), report, 1, "confirm", **SAID)
    assert answer.status_code == 422
    assert "Đã báo tỉnh." in answer.content.decode()


@pytest.mark.parametrize("original", ["", "x", "-1", "99999", "9" * 30, "²"])
def test_an_original_that_is_none(original: str) -> None:
    officer = make_officer()
    report = make_report()
    deciding.take_up(report.pk, officer, 0)
    answer = act(log_in(officer), report, 1, "duplicate", original=original, reason="Trùng.")
    assert answer.status_code == 422
    report.refresh_from_db()
    assert report.version == 1


def test_a_duplicate_leads_to_its_original() -> None:
    officer = make_officer()
    original, report = make_report(), make_report()
    deciding.take_up(report.pk, officer, 0)
    client = log_in(officer)
    assert act(client, report, 1, "duplicate", original=original.pk, reason="Trùng.").status_code == 302
    page = client.get(reverse("officer_report", args=[report.pk])).content.decode()
    assert "Trùng với" in page


@pytest.mark.parametrize("version", ["", "x", "-1", "7"])
def test_a_version_that_was_never_shown_decides_nothing(version: Any) -> None:
    report = make_report()
    assert act(log_in(make_officer()), report, version, "take").status_code == 409


def test_unknown_reports_and_actions_are_404s() -> None:
    report, client = make_report(), log_in(make_officer())
    assert client.get(reverse("officer_report", args=[report.pk + 1])).status_code == 404
    assert act(client, report, 0, "delete").status_code == 404
    report.pk += 1
    assert act(client, report, 0, "take").status_code == 404


def test_the_desk_speaks_english_too() -> None:
    report = make_report()
    page = log_in(make_officer()).get(f"/en{reverse('officer_report', args=[report.pk])}").content.decode()
    assert "Take up" in page
    assert "The star has expired, and it is still sold" in page
