"""What every test shares."""

import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseOperations
from django.utils import translation
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from catalog.append_only import SEALED, seal, unseal
from catalog.search import services, suggesting
from catalog.search.phrase_source import write_anew
from catalog.search.suggesting import Dictionary
from catalog.synonyms import in_force
from tests.databases import end_sessions
from tests.embedded_server import embedded_server  # noqa: F401 - a fixture
from tests.side_by_side import templates

hypothesis.settings.register_profile("any machine", deadline=None)  # how long an example takes is no test's matter
hypothesis.settings.load_profile("any machine")

TOGETHER = (
    "tests/browser/",
    "tests/catalog/saleor/test_bootstrap.py",
    "tests/catalog/saleor/webhooks/test_side_by_side.py",
    "tests/deploy/bench/test_disturbed.py",
    "tests/deploy/test_image.py",
    "tests/deploy/test_proxy.py",
    "tests/deploy/test_scheduled_syncs.py",
)
"""Tests that share something costly, such as a whole shop: those below one of these run in one process."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What brings all its servers is the same whatever the environment names: the run that has none judges it.

    Some of it asks an engine, which may be named: where it is, all is judged.
    """
    if os.environ.get("DATABASE_URL") and not os.environ.get("ELASTICSEARCH_URL"):
        told = pytest.mark.skip(reason="brings its own servers: judged where DATABASE_URL is not set")
        for item in items:
            if item.get_closest_marker("self_contained"):
                item.add_marker(told)


class Together(LoadScopeScheduling):
    """What is together goes to one process, the most tests first; each other test to the one that is free."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """By address: xdist 3.8 writes its group marks where pytest 9.2 does not read them."""
    return Together(config, log)


@pytest.fixture(scope="session")
def home() -> Path:
    """The home folder of this test process."""
    return Path(settings.HOME)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the checkout, where there is one."""
    path = Path(__file__).resolve().parent.parent.parent / "shared"
    if not path.is_dir():
        pytest.skip("there is no folder `shared` beside the checkout")
    return path


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    """A request in English leaves its thread in English; the next test starts in Vietnamese."""
    translation.activate("vi")
    yield
    translation.activate("vi")


@pytest.fixture(autouse=True)
def _suggestions_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread of its own reads phrases, nor does a process: they would not see a test's transaction."""
    monkeypatch.setattr(services, "_dictionary", Dictionary(start=lambda read: read(), write=write_anew))
    monkeypatch.setattr(suggesting, "_REST", 0)


@pytest.fixture(autouse=True)
def _built_in_synonyms(monkeypatch: pytest.MonkeyPatch) -> None:
    """The synonyms that the shop comes with, and no question for others: queries can be counted."""
    monkeypatch.setattr(in_force, "EVERY", math.inf)
    monkeypatch.setattr(in_force, "_known", in_force.Known(in_force.BUILT_IN_SET, 0.0))


@pytest.fixture(scope="session", autouse=True)
def _unsealed_while_emptied() -> Iterator[None]:
    """Tables are emptied between tests: on PostgreSQL by TRUNCATE, on SQLite by a DELETE that sealed tables refuse."""
    flush = DatabaseOperations.execute_sql_flush
    lift, again = ([sql for table in SEALED for sql in make(table, "sqlite")] for make in (unseal, seal))

    def unsealed(self: DatabaseOperations, statements: list[str]) -> None:
        flush(self, [*lift, *statements, *again])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", unsealed)
        yield


@pytest.fixture(scope="session", autouse=True)
def _templates_go() -> Iterator[None]:
    """The databases that tests copied are gone when all is done."""
    with templates:
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database; at the end nobody is left in it, or PostgreSQL would not drop it.

    A thread of the live server that a client keeps alive may still hold its connection.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            end_sessions(cursor, connection.settings_dict["NAME"])
