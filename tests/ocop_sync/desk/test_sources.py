"""The officer's page of sources: what it tells and hides, sync now, letting a stopped run pass; for officers alone."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.people.models import User
from ocop_sync.configured.models import SourceSchedule
from ocop_sync.configured.services import due, sync_if_due
from ocop_sync.runs.models import Release, Run, RunState
from tests.ocop_sync.configured.files import SOUND, write_sources
from tests.ocop_sync.tables import row, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(User.objects.create(username="can-bo", email="can-bo@example.test", is_officer=True))
    return client


@pytest.fixture
def file(tmp_path: Path, settings) -> Path:
    feed = {"kind": "feed", "address": "https://registry.example/feed/v1", "schedule": "0 6 * * mon", "token": "env:MA"}
    settings.SOURCES_FILE = write_sources(tmp_path / "sources.toml", nguon=SOUND, so=feed)
    write(tmp_path / "bang.csv", [row(n) for n in range(1, 9)])
    due()
    return tmp_path


def make_due() -> None:
    SourceSchedule.objects.filter(name="nguon").update(available_at=clock.now() - timedelta(seconds=1))


def stop(file: Path) -> Run:
    make_due()
    sync_if_due("nguon")
    write(file / "bang.csv", [row(1)])
    make_due()
    sync_if_due("nguon")
    run = Run.objects.filter(state=RunState.WAITING).first()
    assert run
    return run


def test_each_source_is_told_with_its_schedule_and_no_credential(desk: Client, file: Path) -> None:
    text = desk.get(reverse("officer_sources")).content.decode()

    for said in ("nguon", "bang.csv", "02:40 hằng ngày", "https://registry.example/feed/v1",
                 "06:00 thứ Hai hằng tuần", "Chưa chạy", "Chạy ngay"):  # fmt: skip
        assert said in text
    assert "env:MA" not in text
    assert "every Monday" in desk.get(f"/en{reverse('officer_sources')}").content.decode()


def test_now_makes_it_due_and_a_source_at_work_is_left_alone(desk: Client, file: Path) -> None:
    address = reverse("officer_source_run")

    assert desk.post(address, {"nguon": "nguon"}).status_code == 302
    assert due() == ["nguon"]
    SourceSchedule.objects.update(leased_until=clock.now() + timedelta(minutes=1), lease_owner="other:1:a")
    again, unknown = desk.post(address, {"nguon": "nguon"}), desk.post(address, {"nguon": "khac"})

    assert (again.status_code, unknown.status_code) == (409, 404)
    assert "đang được đồng bộ" in again.content.decode()
    assert "Đang đồng bộ" in desk.get(reverse("officer_sources")).content.decode()


def test_a_stopped_run_is_shown_with_its_products_and_let_through_once(desk: Client, file: Path) -> None:
    run = stop(file)
    address = reverse("officer_source_release", args=[run.pk])

    assert address in desk.get(reverse("officer_sources")).content.decode()
    text = desk.get(address).content.decode()
    assert all(f"Mứt dâu {n}" in text for n in range(2, 9))
    assert "Mứt dâu 1<" not in text

    refused = desk.post(address, {"ly-do": " "})
    assert (refused.status_code, Release.objects.count()) == (422, 0)
    assert desk.post(address, {"ly-do": "Tỉnh đã rút"}).status_code == 302
    assert desk.post(address, {"ly-do": "Tỉnh đã rút"}).status_code == 409
    assert "đã cho qua lúc" in desk.get(reverse("officer_sources")).content.decode()
    assert due() == ["nguon"]
    assert sync_if_due("nguon")
    text = desk.get(address).content.decode()
    assert f"Đã dùng cho lần chạy {Release.objects.get().used_by_id}" in text
    assert "Tỉnh đã rút" in text


def test_an_old_stopped_run_is_not_let_through(desk: Client, file: Path) -> None:
    run = stop(file)
    write(file / "bang.csv", [row(n) for n in range(1, 9)])
    make_due()
    sync_if_due("nguon")
    address = reverse("officer_source_release", args=[run.pk])

    assert 'name="ly-do"' not in desk.get(address).content.decode()
    assert desk.post(address, {"ly-do": "Đã xem"}).status_code == 409
    assert desk.get(reverse("officer_source_release", args=[Run.objects.first().pk])).status_code == 404  # type: ignore[union-attr]


def test_a_wrong_file_is_said_here_and_on_the_health_page(desk: Client, file: Path) -> None:
    (file / "sources.toml").write_text("[sources.nguon]\nkind = 'table'\n")
    due()

    text = desk.get(reverse("officer_sources")).content.decode()
    assert "[sources.nguon.address] chưa ghi" in text
    assert "Tệp nguồn sai" in desk.get(reverse("officer_health")).content.decode()


def test_nobody_else_finds_any_of_it(file: Path) -> None:
    run, client = stop(file), Client()
    addresses = [reverse("officer_sources"), reverse("officer_source_release", args=[run.pk])]
    assert [client.get(one).status_code for one in addresses] == [302, 302]

    client.force_login(User.objects.create(username="nguoi-mua", email="nguoi-mua@example.test"))
    assert [client.get(one).status_code for one in addresses] == [404, 404]
    assert client.post(addresses[1], {"ly-do": "Đã xem"}).status_code == 404
    assert client.post(reverse("officer_source_run"), {"nguon": "nguon"}).status_code == 404
    assert not Release.objects.exists()
