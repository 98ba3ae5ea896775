"""What an orchestrator asks: answered without host names, languages, sessions and cookies, and rightly."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from catalog.health import probes
from catalog.health.services import SALEOR, note
from catalog.search.services import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ask_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "_migrated", False)
    monkeypatch.setattr(probes, "_searched", False)


@pytest.mark.parametrize("path", ["/health/live", "/health/live/"])
def test_live_touches_nothing(path: str, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = Client(SERVER_NAME="10.1.2.3").get(path)

    assert (answer.status_code, answer.json()) == (200, {"live": True})
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


def test_ready_when_database_migrations_and_index_are() -> None:
    reindex()

    answer = Client(SERVER_NAME="10.1.2.3").get("/health/ready")

    assert (answer.status_code, answer.json()) == (
        200,
        {"ready": True, "database": "ok", "migrations": "ok", "search": "ok", "engine": "tantivy", "ordering": "ok"},
    )  # fmt: skip
    assert not answer.cookies


def test_a_saleor_that_is_down_closes_no_shop() -> None:
    reindex()
    note(SALEOR, ok=False)
    note(SALEOR, ok=False)

    answer = Client().get("/health/ready")

    assert (answer.status_code, answer.json()["ordering"]) == (200, "paused")


def test_not_ready_before_there_was_an_index(settings, tmp_path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path

    answer = Client().get("/health/ready")

    assert (answer.status_code, answer.json()["search"]) == (503, "no index")


def test_not_ready_before_the_migrations() -> None:
    reindex()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'storefront'")

    answer = Client().get("/health/ready")

    assert (answer.status_code, answer.json()["migrations"]) == (503, "pending")


def test_not_ready_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)

    answer = Client().get("/health/ready")

    assert (answer.status_code, answer.json()["database"]) == (503, "DatabaseError")
