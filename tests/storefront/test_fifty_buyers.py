"""Fifty buyers press "order" in the same second for ten pieces: real processes, a real server, a database on disk."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import chain
from pathlib import Path

import pytest

from tests.databases import own_database
from tests.embedded_server import running_server
from tests.side_by_side import VENDORS, Environment, own_shop
from tests.storefront.crew import Crew, crew

BUYERS, PIECES, PROCESSES = 50, 10, 5


@pytest.fixture(params=VENDORS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Environment]:
    """The environment of a shop with its own folder and databases, its embedded server running."""
    quiet = {"PYTHONWARNINGS": "default", "CHOSAO_LOG_LEVEL": "ERROR"}
    with (
        own_shop(request.param, tmp_path, **quiet) as ours,
        nullcontext() if request.param == "sqlite" else own_database(os.environ["DATABASE_URL"]) as theirs,
        running_server(theirs) as server,
    ):
        yield {**ours, "SALEOR_API_URL": server.url, "SALEOR_APP_TOKEN": server.token}


def _all_at_once(buyers: Crew, baskets: list[int]) -> Counter[str]:
    """Each process has its share of the buyers, each buyer a thread and a connection of its own."""
    shares = [[baskets[part::PROCESSES]] for part in range(PROCESSES)]
    return Counter(chain.from_iterable(buyers.at_once("buy", shares)))


def test_fifty_buyers_of_ten_pieces(shop: Environment) -> None:
    """Exactly ten orders, forty refusals, nothing left, nothing promised twice."""
    with crew(shop, PROCESSES) as buyers:
        ready = buyers.ask("prepare", BUYERS, PIECES)

        outcomes = _all_at_once(buyers, ready["baskets"])

        assert outcomes == {"ordered": PIECES, "lines_refused": BUYERS - PIECES}
        assert buyers.ask("count", ready["offer"]) == {
            "orders": PIECES,
            "orders_in_saleor": PIECES,
            "stock": [[PIECES, PIECES]],
            "available": [0],
            "baskets_kept": BUYERS - PIECES,
        }


def test_many_buyers_of_the_last_boxes(shop: Environment) -> None:
    """Two lines of one variant a box: three boxes are sold, and no piece of theirs twice."""
    with crew(shop, PROCESSES) as buyers:
        ready = buyers.ask("prepare_boxes", 15, 3)

        outcomes = _all_at_once(buyers, ready["baskets"])

        assert outcomes == {"ordered": 3, "lines_refused": 12}
        assert buyers.ask("count", ready["offer"]) == {
            "orders": 3, "orders_in_saleor": 3, "stock": [[6, 6]], "available": [0], "baskets_kept": 12,
        }  # fmt: skip
