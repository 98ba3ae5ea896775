"""The table is asked at every search, and an index of the test's own."""

import pytest

from catalog.people.models import User
from catalog.synonyms import in_force
from tests.catalog.search.conftest import find, index, standin  # noqa: F401 - fixtures


@pytest.fixture(autouse=True)
def _asked_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_force, "EVERY", 0.0)


@pytest.fixture
def officer(db: None) -> User:
    return User.objects.create(username="can-bo", full_name="Nguyễn Thị Lan", is_officer=True)
