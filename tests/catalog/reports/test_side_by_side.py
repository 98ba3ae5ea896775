"""Several processes at once, on a database on disk: one report of a double click, a limit that holds, one decision."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from catalog import clock
from tests.databases import own_database
from tests.embedded_server import ROOT

Environment = dict[str, str]


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Environment]:
    """The environment of a shop with its own folder and database."""
    environment = {**os.environ, "CHOSAO_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "deploy.settings"}
    address = environment.pop("DATABASE_URL", "")
    if request.param == "sqlite":
        yield _migrated(environment)
        return
    if not address:
        pytest.skip("DATABASE_URL is not set")
    with own_database(address) as own:
        yield _migrated({**environment, "DATABASE_URL": own})


def _migrated(environment: Environment) -> Environment:
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return environment


def _ask(shop: Environment, code: str) -> list:
    """What a piece of Python prints as JSON, run in the shop."""
    start = "import django, json; django.setup(); from catalog.models import *; "
    command = [sys.executable, "-c", f"{start}print(json.dumps({code}))"]
    done = subprocess.run(command, cwd=ROOT, env=shop, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _at_once(shop: Environment, command: str, *arguments: str) -> list[str]:
    """What one process an argument printed, all let go together."""
    run = [sys.executable, "-m", "tests.catalog.reports.workers", command]
    processes = [
        subprocess.Popen([*run, one], cwd=ROOT, env=shop, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for one in arguments
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=60)[0].strip() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return told


def _photos(shop: Environment) -> list[Path]:
    return list((Path(shop["CHOSAO_HOME"]) / "private").rglob("*.jpg"))


def test_a_double_click_is_one_report_with_one_photo(shop: Environment) -> None:
    told = _at_once(shop, "submit", *["a" * 22] * 4)

    assert len(set(told)) == 1
    assert _ask(shop, "[m.objects.count() for m in (Report, ReportPhoto, ReportEvent)]") == [1, 1, 1]
    assert len(_photos(shop)) == 1


def test_what_is_stored_is_for_nobody_else_on_the_machine_and_outside_of_the_media(shop: Environment) -> None:
    _at_once(shop, "submit", "a" * 22)

    (photo,) = _photos(shop)

    assert photo.stat().st_mode & 0o777 == 0o600
    assert photo.parent.stat().st_mode & 0o777 == 0o700
    assert not list((Path(shop["CHOSAO_HOME"]) / "media").rglob("*"))


def test_an_hours_limit_holds_for_many_at_once(shop: Environment) -> None:
    told = _at_once(shop, "admit", *["3"] * 6)

    assert sorted(told) == ["in"] * 3 + ["too_many_reports"] * 3
    assert sorted(_ask(shop, "list(ReportQuota.objects.values_list('count', flat=True))")) == [3, 3]


def test_of_two_officers_at_once_one_has_it(shop: Environment) -> None:
    _at_once(shop, "submit", "a" * 22)
    _ask(shop, "[User.objects.create(username=n, email=n, is_officer=True).pk for n in ('an', 'binh')]")

    told = _at_once(shop, "take", "an", "binh")

    assert sorted(told) == ["in", "report_changed"]
    assert _ask(shop, "[Report.objects.get().version, ReportEvent.objects.count()]") == [1, 2]
    assert _ask(shop, "[Report.objects.get().officer.username]") == [("an", "binh")[told.index("in")]]


def test_two_tidyings_at_once_delete_once(shop: Environment) -> None:
    _at_once(shop, "submit", "a" * 22)
    moment = (clock.now() + timedelta(days=91)).isoformat()
    _ask(shop, "Report.objects.update(closed_at='2026-01-01T00:00:00Z', state='not_confirmed')")

    told = _at_once(shop, "tidy", moment, moment)

    assert sorted(told) == ["0", "1"]
    assert _photos(shop) == []
