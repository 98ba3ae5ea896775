"""`./chosao sync`: one JSON object on stdout, and exit codes that a script can rely on."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog.outbox.models import OutboxRow
from catalog.search.services import engine
from ocop_sync.command import sync
from tests.ocop_sync.tables import row, write

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(sync, [*arguments, "--as-of", "2026-11-23", "--json"])


def test_the_report_is_one_json_object(tmp_path: Path) -> None:
    done = run(write(tmp_path / "a.csv", [row(1), row(2, star_rating="9")]), "--source-name", "nguon")

    report = json.loads(done.stdout)
    assert done.exit_code == 0
    assert list(report) == [
        "source", "as_of", "read", "listed", "lapsed", "held", "ignored", "withdrawn", "applied", "notes",
        "records",
    ]  # fmt: skip
    assert report["records"][0] == {
        "sheet": None, "row": 2, "product": "Mứt dâu 1", "outcome": "listed", "star": 4, "province_code": "68",
        "commune_code": "24781", "reasons": [],
    }  # fmt: skip
    assert report["records"][1]["reasons"] == ["bad_star"]


def test_an_index_that_cannot_be_written_loses_no_report(tmp_path: Path, settings) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"  # nobody listens
    engine.cache_clear()
    try:
        done = run(write(tmp_path / "a.csv", [row(1)]), "--source-name", "nguon")
    finally:
        engine.cache_clear()

    assert (done.exit_code, json.loads(done.stdout)["listed"]) == (0, 1)
    assert "The search index waits" in done.stderr
    assert OutboxRow.objects.filter(topic="index").exists()


def test_a_header_that_nobody_knows_is_proposed_and_then_named_by_a_file(tmp_path: Path) -> None:
    table = Path(write(tmp_path / "a.csv", [row(1)]))
    table.write_text(table.read_text().replace("decision_number", "Số văn bản CN"))
    names = tmp_path / "cot.toml"
    names.write_text('[columns]\n"Số văn bản CN" = "decision"\n')

    unknown = run(str(table), "--source-name", "nguon")
    named = run(str(table), "--source-name", "nguon", "--columns", str(names))

    report = json.loads(unknown.stdout)
    assert report["records"][0]["reasons"] == ["missing_decision"]
    assert any("Số văn bản CN" in note and "Số QĐ" in note for note in report["notes"])
    assert (json.loads(named.stdout)["listed"], json.loads(named.stdout)["notes"]) == (1, [])


def test_a_file_of_column_names_that_is_wrong_is_exit_code_2(tmp_path: Path) -> None:
    names = tmp_path / "cot.toml"
    names.write_text('[columns]\n"Điện thoại" = "phone"\n')

    done = run(write(tmp_path / "a.csv", [row(1)]), "--source-name", "nguon", "--columns", str(names))

    assert (done.exit_code, done.stdout) == (2, "")
    assert "cot.toml" in done.stderr


def test_an_unusable_source_is_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "hong.xlsx").write_bytes(b"nothing")

    done = run(str(tmp_path / "hong.xlsx"), "--source-name", "nguon")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "hong.xlsx" in done.stderr


def test_a_source_without_a_name_is_exit_code_2(tmp_path: Path) -> None:
    done = run(write(tmp_path / "a.csv", [row(1)]))

    assert done.exit_code == 2
    assert "--source-name" in done.stderr


def test_the_guard_is_exit_code_3(tmp_path: Path) -> None:
    run(write(tmp_path / "a.csv", [row(n) for n in range(1, 9)]), "--source-name", "nguon")

    done = run(write(tmp_path / "b.csv", [row(1)]), "--source-name", "nguon", "--records", "none")

    assert done.exit_code == 3
    assert json.loads(done.stdout)["withdrawn"] == 7
    assert json.loads(done.stdout)["applied"] == 0
