"""Photos of reports go to a folder of the test's own."""

from pathlib import Path

import pytest


@pytest.fixture
def private(tmp_path: Path, settings) -> Path:
    """The folder of the private storage."""
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "private": place}
    return tmp_path / "private"
