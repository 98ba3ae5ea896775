"""Sixty buyers press "order" at once for ten pieces, over HTTP: two web workers, a real server, a database on disk."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from deploy.bench._crowd import crowd, flood
from tests.databases import own_database
from tests.deploy.serving import running_web
from tests.embedded_server import running_server
from tests.side_by_side import VENDORS, Environment, ask, own_shop
from tests.storefront.crew import crew

BUYERS, PIECES = 60, 10
LONGEST = 300.0  # seconds; longer means that somebody is never told


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


def test_sixty_buyers_of_ten_pieces(shop: Environment) -> None:
    """Ten orders, fifty who are told that it is sold out, no error, and nothing promised twice."""
    with crew(shop, 1) as clerk:
        ready = clerk.ask("prepare", 0, PIECES)
        offer = "Offer.objects.get()"
        address, reference = ask(shop, f"[{offer}.product.get_absolute_url(), {offer}.external_reference]")

        with running_web(shop) as host:
            buyers = crowd(f"http://{host}", BUYERS, address, reference)
            flood(buyers, LONGEST)

        assert Counter(buyer.outcome for buyer in buyers) == {"ordered": PIECES, "sold out": BUYERS - PIECES}
        assert {answer.status for buyer in buyers for answer in buyer.answers} <= {200, 202, 409}
        assert clerk.ask("count", ready["offer"]) == {
            "orders": PIECES,
            "orders_in_saleor": PIECES,
            "stock": [[PIECES, PIECES]],
            "available": [0],
            "baskets_kept": BUYERS - PIECES,
        }
