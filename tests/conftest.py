"""What every test shares."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseOperations
from django.utils import translation
from pytest_django import DjangoDbBlocker

from catalog.append_only import SEALED, seal, unseal
from tests.databases import end_sessions
from tests.embedded_server import embedded_server  # noqa: F401 - a fixture


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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database; at the end nobody is left in it, or PostgreSQL would not drop it.

    A thread of the live server that a client keeps alive may still hold its connection.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            end_sessions(cursor, connection.settings_dict["NAME"])
