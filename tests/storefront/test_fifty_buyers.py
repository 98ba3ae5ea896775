"""Fifty buyers press "order" in the same second for ten pieces: real processes, a real server, a database on disk."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.databases import own_database
from tests.embedded_server import ROOT, running_server
from tests.side_by_side import VENDORS, Environment, own_shop

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


def _start(environment: Environment, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.storefront.buyers", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def _run(environment: Environment, *arguments: object) -> dict[str, object]:
    told, _ = _start(environment, *arguments).communicate(timeout=120)
    answer: dict[str, object] = json.loads(told)
    return answer


def _all_at_once(environment: Environment, baskets: list[int]) -> Counter[str]:
    """Each process has its share of the buyers, each buyer a thread and a connection of its own."""
    outcomes: Counter[str] = Counter()
    processes = [_start(environment, "buy", *baskets[part::PROCESSES]) for part in range(PROCESSES)]
    try:
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            outcomes.update(json.loads(process.communicate(timeout=180)[0]))
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return outcomes


def test_fifty_buyers_of_ten_pieces(shop: Environment) -> None:
    """Exactly ten orders, forty refusals, nothing left, nothing promised twice."""
    ready = _run(shop, "prepare", BUYERS, PIECES)

    outcomes = _all_at_once(shop, ready["baskets"])  # type: ignore[arg-type]

    assert outcomes == {"ordered": PIECES, "lines_refused": BUYERS - PIECES}
    assert _run(shop, "count", ready["offer"]) == {
        "orders": PIECES,
        "orders_in_saleor": PIECES,
        "stock": [[PIECES, PIECES]],
        "available": [0],
        "baskets_kept": BUYERS - PIECES,
    }


def test_many_buyers_of_the_last_boxes(shop: Environment) -> None:
    """Two lines of one variant a box: three boxes are sold, and no piece of theirs twice."""
    ready = _run(shop, "prepare-boxes", 15, 3)

    outcomes = _all_at_once(shop, ready["baskets"])  # type: ignore[arg-type]

    assert outcomes == {"ordered": 3, "lines_refused": 12}
    assert _run(shop, "count", ready["offer"]) == {
        "orders": 3, "orders_in_saleor": 3, "stock": [[6, 6]], "available": [0], "baskets_kept": 12,
    }  # fmt: skip
