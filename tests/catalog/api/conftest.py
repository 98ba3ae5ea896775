"""The API as a program asks it, over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from django.test import Client

from catalog.api import quota
from catalog.search import services


class Ask(Protocol):
    """Sends a query by POST and gives the whole body."""

    def __call__(self, query: str, *, status: int = 200, **variables: Any) -> dict[str, Any]: ...


@pytest.fixture(autouse=True)
def _own_points() -> Iterator[None]:
    """What one test spent counts for it alone."""
    quota.forget()
    yield
    quota.forget()


@pytest.fixture
def ask(client: Client, db: None) -> Ask:
    """POST with JSON."""

    def run(query: str, *, status: int = 200, **variables: Any) -> dict[str, Any]:
        answer = client.post("/graphql/", {"query": query, "variables": variables}, content_type="application/json")
        assert answer.status_code == status, answer.content.decode()
        body: dict[str, Any] = answer.json()
        return body

    return run


@pytest.fixture
def index(tmp_path: Path, settings, db: None) -> Iterator[None]:
    """An index of the test's own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    services.engine.cache_clear()
    yield
    services.engine().close()
    services.engine.cache_clear()


def codes(body: dict[str, Any]) -> list[str]:
    """The codes of its errors."""
    return [error["extensions"]["code"] for error in body["errors"]]
