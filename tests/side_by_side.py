"""Processes of a shop that do something at the same moment, on a database on disk."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.databases import own_database
from tests.embedded_server import ROOT

Environment = dict[str, str]


@contextmanager
def own_shop(vendor: str, home: Path, **settings: str) -> Iterator[Environment]:
    """The environment of a shop with its own folder and database ("sqlite" or "postgresql"), with all its tables."""
    environment = {**os.environ, "CHOSAO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "deploy.settings", **settings}
    address = environment.pop("DATABASE_URL", "")
    if vendor == "sqlite":
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


def ask(shop: Environment, code: str) -> list:
    """What a piece of Python prints as JSON, run in the shop."""
    start = "import django, json; django.setup(); from catalog.models import *; from django.db.models import *; "
    command = [sys.executable, "-c", f"{start}print(json.dumps({code}))"]
    done = subprocess.run(command, cwd=ROOT, env=shop, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def start(shop: Environment, workers: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of the module `workers`, which has said `ready` and waits for a line."""
    command = [sys.executable, "-m", workers, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=shop, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def finish(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """Let them go at once; what each of them printed."""
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=120)[0].strip() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return told
