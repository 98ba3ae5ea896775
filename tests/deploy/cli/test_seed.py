"""A shop opens without its Saleor, once it was seeded; the first time it says why it cannot."""

from pathlib import Path
from typing import Any

import pytest

from deploy.cli.seed import DONE, seed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_answers(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.SALEOR_API_URL = "http://127.0.0.1:9/graphql/"


def test_a_shop_that_was_seeded_opens_without_saleor(tmp_path: Path) -> None:
    (tmp_path / DONE).touch()
    said: list[str] = []

    seed(said.append)

    assert "ordering is paused until it comes back" in said[-1]


def test_the_first_time_needs_saleor(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="not available at the moment"):
        seed(lambda _text: None)

    assert not (tmp_path / DONE).exists()
