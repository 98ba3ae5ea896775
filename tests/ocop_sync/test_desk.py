"""The officer's desk: runs, held records with reasons and raw rows; nobody else finds it."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from catalog.people.models import User
from ocop_sync.desk.reasons import REASONS
from ocop_sync.runs.services import run_sync
from tests.ocop_sync.tables import row, write

pytestmark = pytest.mark.django_db


def officer() -> Client:
    client = Client()
    client.force_login(User.objects.create(username="can-bo", is_officer=True))
    return client


def test_an_officer_sees_runs_and_held_rows(tmp_path: Path) -> None:
    table = write(tmp_path / "bang.csv", [row(1), row(2, decision_number=""), row(3, star_rating="2")])
    run_sync(table, source_name="so-cong-thuong", as_of=date(2026, 11, 23))
    client = officer()

    overview = client.get(reverse("officer")).content.decode()
    held = client.get(reverse("officer_held"), {"ly-do": "missing_decision"}).content.decode()

    assert "so-cong-thuong" in overview
    assert str(REASONS["below_three_stars"]) in overview
    assert "Mứt dâu 2" in held
    assert "Mứt dâu 3" not in held
    assert "Xuân Hương" in held


def test_what_a_file_is_like_stands_beside_its_run(tmp_path: Path) -> None:
    table = Path(write(tmp_path / "bang.csv", [row(1)]))
    table.write_text(table.read_text().replace("decision_number", "Số văn bản CN"))
    run_sync(str(table), source_name="so-cong-thuong", as_of=date(2026, 11, 23))

    assert "Số văn bản CN" in officer().get(reverse("officer")).content.decode()


@pytest.mark.parametrize("name", ["officer", "officer_held"])
def test_nobody_else_finds_the_desk(name: str, client: Client) -> None:
    assert client.get(reverse(name)).status_code == 302
    client.force_login(User.objects.create(username="nguoi-mua"))
    assert client.get(reverse(name)).status_code == 404
