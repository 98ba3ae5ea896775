"""Who migrates: anybody where the database is this machine's own, `migrate` alone where others share it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import own_database

ROOT = Path(__file__).resolve().parents[3]
Environment = dict[str, str]
STOP_WAITING = 60  # seconds


def _environment(home: Path, database: str = "") -> Environment:
    taken = ("DATABASE_URL", "REDIS_URL", "SALEOR_API_URL", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if name not in taken}
    return {**kept, "CHOSAO_HOME": str(home), **({"DATABASE_URL": database} if database else {})}


@pytest.fixture
def shared_database(tmp_path: Path) -> Iterator[Environment]:
    """An empty database on a PostgreSQL server."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("DATABASE_URL does not name a PostgreSQL server")
    with own_database(address) as database:
        yield _environment(tmp_path, database)


def _start(environment: Environment, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "deploy.cli", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def _run(environment: Environment, *arguments: str) -> tuple[int | None, str, str]:
    process = _start(environment, *arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@pytest.mark.self_contained
def test_a_fresh_home_is_migrated_by_its_first_command(tmp_path: Path) -> None:
    code, out, err = _run(_environment(tmp_path), "sweep")
    assert (code, out) == (0, "0 products announced, 0 warnings given\n"), err
    assert _run(_environment(tmp_path), "migrate")[1] == "nothing to do: the database is up to date\n"


@pytest.mark.self_contained
def test_two_that_migrate_at_once_do_it_once(tmp_path: Path) -> None:
    both = [_start(_environment(tmp_path), "migrate") for _ in range(2)]
    said = sorted(process.communicate(timeout=120)[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said[0].endswith("migrations applied\n")
    assert said[1] == "nothing to do: the database is up to date\n"


@pytest.mark.self_contained
def test_two_that_migrate_a_shared_database_at_once_do_it_once(shared_database: Environment) -> None:
    both = [_start(shared_database, "migrate") for _ in range(2)]
    said = sorted(process.communicate(timeout=120)[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said[0].endswith("migrations applied\n")
    assert said[1] == "nothing to do: the database is up to date\n"


def test_a_command_does_not_migrate_a_shared_database_but_says_what_to_do(shared_database: Environment) -> None:
    code, out, err = _run(shared_database, "sweep")
    assert (code, out) == (1, "")
    assert err.startswith("Error: the database lacks ")
    assert err.endswith("; run ./chosao migrate\n")
    assert _run(shared_database, "migrate")[0] == 0
    assert _run(shared_database, "sweep")[:2] == (0, "0 products announced, 0 warnings given\n")


def test_a_process_waits_for_a_shared_database_to_be_migrated(shared_database: Environment, tmp_path: Path) -> None:
    beating = tmp_path / "heartbeat"
    indexer = _start({**shared_database, "CHOSAO_HEARTBEAT": str(beating)}, "run", "indexer")
    assert indexer.stderr is not None
    assert indexer.stderr.readline().startswith("waiting: the database lacks ")
    assert not beating.exists()
    assert _run(shared_database, "migrate")[0] == 0
    deadline = time.monotonic() + STOP_WAITING
    while not beating.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    indexer.terminate()
    indexer.communicate(timeout=30)
    assert beating.exists()
    assert indexer.returncode == 0
    assert (tmp_path / "index" / "current.json").exists()


def test_a_database_that_does_not_answer_is_said_in_a_sentence(tmp_path: Path) -> None:
    nobody = _environment(tmp_path, "postgresql://nobody@127.0.0.1:9/nothing")
    code, out, err = _run(nobody, "sweep")
    assert (code, out) == (1, "")
    assert err.startswith("Error: the database does not answer: ")
    assert "Traceback" not in err
    indexer = _start(nobody, "run", "indexer")
    assert indexer.stderr is not None
    assert indexer.stderr.readline().startswith("waiting: the database does not answer: ")
    indexer.kill()
    indexer.communicate(timeout=30)
