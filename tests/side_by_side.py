"""Processes of a shop that do something at the same moment, on a database on disk."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest

from tests.databases import own_database
from tests.embedded_server import ROOT

Environment = dict[str, str]
VENDORS = [pytest.param("sqlite", marks=pytest.mark.self_contained), "postgresql"]
"""The databases that a shop may have."""


templates = ExitStack()
"""What `migrated` made, for all tests of this process; closed when they end."""


@contextmanager
def own_shop(vendor: str, home: Path, **settings: str) -> Iterator[Environment]:
    """The environment of a shop with its own folder and database ("sqlite" or "postgresql"), with all its tables."""
    environment = {**os.environ, "CHOSAO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "deploy.settings", **settings}
    address = environment.pop("DATABASE_URL", "")
    if vendor == "sqlite":
        home.mkdir(parents=True, exist_ok=True)
        shutil.copy(migrated(""), home)
        yield environment
        return
    if not address:
        pytest.skip("DATABASE_URL is not set")
    with own_database(address, migrated(address)) as own:
        yield {**environment, "DATABASE_URL": own}


@cache
def migrated(address: str) -> str:
    """A database with all tables to copy: the name of one on that PostgreSQL server, or (no address) SQLite's file."""
    home = Path(templates.enter_context(TemporaryDirectory(prefix="chosao-template-")))
    environment = {**os.environ, "CHOSAO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "deploy.settings"}
    environment["DATABASE_URL"] = templates.enter_context(own_database(address)) if address else ""
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return urlsplit(environment["DATABASE_URL"]).path.removeprefix("/") or str(home / "chosao.sqlite3")


def ask(shop: Environment, code: str) -> list:
    """What a piece of Python prints as JSON, run in the shop."""
    start = "import django, json; django.setup(); from catalog.models import *; from django.db.models import *; "
    command = [sys.executable, "-c", f"{start}print(json.dumps({code}))"]
    done = subprocess.run(command, cwd=ROOT, env=shop, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def start(shop: Environment, workers: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of the module `workers`, which will say `ready` and wait for a line."""
    command = [sys.executable, "-m", workers, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=shop, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def wait_for(processes: Sequence[subprocess.Popen[str]]) -> None:
    """Until each has said `ready`."""
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"


def finish(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """Let them go at once, when all are ready; what each of them printed."""
    wait_for(processes)
    return let_go(processes)


def let_go(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """The same, of processes that were waited for."""
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=120)[0].strip() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return told
