"""`./chosao sources`, and `./chosao sync --source-name NAME` out of the file."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog.certificates.models import SourceRecord
from ocop_sync.command import sync
from ocop_sync.configured.command import sources
from ocop_sync.configured.models import SourceSchedule
from tests.ocop_sync.configured.files import SOUND, write_sources
from tests.ocop_sync.tables import row, write

pytestmark = pytest.mark.django_db
FEED = {"kind": "feed", "address": "https://registry.example/feed/v1", "schedule": "40 2 * * *"}


@pytest.fixture
def file(tmp_path: Path, settings) -> Path:
    settings.SOURCES_FILE = tmp_path / "sources.toml"
    write(tmp_path / "bang.csv", [row(1), row(2)])
    return tmp_path / "sources.toml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(sources, arguments)


def test_sources_are_listed_with_when_and_how(file: Path) -> None:
    write_sources(file, nguon=SOUND, so={**FEED, "token": "env:REGISTRY_TOKEN"})

    text, told = run(), json.loads(run("--json").stdout)

    assert text.exit_code == 0
    assert "nguon: new; table, bang.csv; 02:40 every day" in text.stdout
    assert [one["name"] for one in told["sources"]] == ["nguon", "so"]
    assert told["sources"][0]["next_at"].endswith("T02:40:00+07:00")
    assert set(told["sources"][0]) == {
        "name", "kind", "address", "schedule", "state", "last_run", "last_run_at", "good_at", "next_at", "problem",
    }  # fmt: skip


def test_without_a_file_that_is_said(file: Path) -> None:
    done = run()

    assert (done.exit_code, done.stdout) == (0, f"there is no {file}\n")


def test_a_check_looks_credentials_up_and_prints_none(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sources(file, so={**FEED, "token": "env:REGISTRY_TOKEN"})

    missing = run("--check")
    monkeypatch.setenv("REGISTRY_TOKEN", "bi-mat")
    there = run("--check", "--json")

    assert missing.exit_code == 2
    assert "env:REGISTRY_TOKEN" in missing.stderr
    assert (there.exit_code, json.loads(there.stdout)["ok"]) == (0, True)
    assert "bi-mat" not in there.output
    assert not SourceSchedule.objects.exists()


def test_a_wrong_file_is_exit_code_2_in_both_languages(file: Path) -> None:
    write_sources(file, nguon={**SOUND, "kind": "x"})

    done = run("--check", "--json")

    told = json.loads(done.stdout)
    assert (done.exit_code, told["ok"]) == (2, False)
    assert "cần:" in told["problems"][0]["vi"]
    assert "expected:" in told["problems"][0]["en"]
    assert run().exit_code == 2


def test_a_sync_without_a_source_takes_it_from_the_file_and_flags_win(file: Path) -> None:
    write_sources(file, nguon={**SOUND, "delta": False, "evidence": "B1"})
    write(file.parent / "bang.csv", [row(1, evidence_level="")])

    by_file = CliRunner().invoke(sync, ["--source-name", "nguon", "--json"])
    by_flag = CliRunner().invoke(sync, ["--source-name", "nguon", "--evidence", "A", "--json"])

    assert (by_file.exit_code, by_flag.exit_code) == (0, 0)
    assert json.loads(by_flag.stdout)["applied"] == 1
    assert SourceRecord.objects.get().evidence == "A"


def test_a_sync_of_what_the_file_does_not_name_is_exit_code_2(file: Path) -> None:
    write_sources(file, nguon=SOUND)

    unknown, nothing = CliRunner().invoke(sync, ["--source-name", "khac"]), CliRunner().invoke(sync, [])

    assert (unknown.exit_code, nothing.exit_code) == (2, 2)
    assert "nguon" in unknown.stderr
    assert "--source-name" in nothing.stderr
