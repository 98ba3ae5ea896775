"""A shop opens without its Saleor, once it was seeded; the first time it says why it cannot."""

from pathlib import Path
from typing import Any

import pytest

from catalog.saleor.client import SaleorUnavailable
from deploy.cli.seed import DONE, seed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_answers(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.SALEOR_API_URL, settings.SALEOR_APP_TOKEN = "http://127.0.0.1:9/graphql/", "ours"


def test_a_shop_that_was_seeded_opens_without_saleor(tmp_path: Path) -> None:
    (tmp_path / DONE).touch()
    said: list[str] = []

    seed(said.append)

    assert "The shop opens without Saleor; ordering is paused" in said[-1]


def test_the_first_time_needs_saleor(tmp_path: Path) -> None:
    with pytest.raises(SaleorUnavailable):
        seed(lambda _text: None)

    assert not (tmp_path / DONE).exists()
