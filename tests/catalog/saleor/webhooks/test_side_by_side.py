"""Several processes receive, work off and mirror at once, on a database on disk; one of them is killed."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from catalog import clock
from tests import side_by_side
from tests.catalog.saleor.webhooks.conftest import order, variant
from tests.catalog.saleor.webhooks.signing import Signer
from tests.embedded_server import ROOT
from tests.side_by_side import VENDORS, Environment, ask, own_shop

API = "https://saleor.example/graphql/"


@pytest.fixture(scope="module", params=VENDORS)
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    """The environment of a shop with its own folder and database."""
    settings = {"SALEOR_API_URL": API, "PYTHONWARNINGS": "default", "CHOSAO_LOG_LEVEL": "ERROR"}
    with own_shop(request.param, tmp_path_factory.mktemp("shop"), **settings) as environment:
        yield environment


@pytest.fixture
def shop(database: Environment) -> Environment:
    """The same, with an empty inbox."""
    ask(database, "InboxMessage.objects.all().delete()")
    return database


def start(shop: Environment, command: str, file: Path) -> subprocess.Popen[str]:
    """A process that waits for the others."""
    return side_by_side.start(shop, "tests.catalog.saleor.webhooks.workers", command, str(file))


def finish(processes: list[subprocess.Popen[str]]) -> list[int]:
    """Let them go at once; what each of them counted."""
    return [int(one) for one in side_by_side.finish(processes)]


@pytest.fixture
def deliveries(tmp_path: Path) -> Path:
    """300 signed deliveries of 100 objects."""
    return write_deliveries(tmp_path / "deliveries.json")


def write_deliveries(path: Path) -> Path:
    """Other ones each time, of the same objects."""
    signer = Signer()
    told = [order(f"T3JkZXI6{n % 60}", n=n) for n in range(180)]
    told += [variant(f"ABCDEFG-{n % 40}", n=n) for n in range(120)]
    bodies = [json.dumps(one) for one in told]
    signed = [[body, signer.sign(body.encode())] for body in bodies]
    path.write_text(json.dumps({"jwks": signer.jwks(), "api_url": API, "deliveries": signed}))
    return path


def questions(journal: Path) -> list[tuple[float, float, list[str]]]:
    """When a question began and ended, and for which objects."""
    return sorted((begun, ended, keys) for _, begun, ended, keys in map(json.loads, journal.read_text().splitlines()))


def test_the_same_deliveries_from_three_sides_are_each_one_message(shop: Environment, deliveries: Path) -> None:
    news = finish([start(shop, "deliver", deliveries) for _ in range(3)])

    assert sum(news) == 300
    assert ask(shop, "[InboxMessage.objects.count(), InboxMessage.objects.waiting().count()]") == [300, 300]


def test_workers_share_the_objects_and_never_ask_for_one_side_by_side(
    shop: Environment, deliveries: Path, tmp_path: Path
) -> None:
    journal = tmp_path / "journal"
    finish([start(shop, "deliver", deliveries)])

    more = write_deliveries(tmp_path / "more.json")

    finish([start(shop, "work", journal) for _ in range(2)] + [start(shop, "deliver", more)])
    finish([start(shop, "work", journal)])

    asked = questions(journal)
    for number, (_, ended, keys) in enumerate(asked):
        for begun, _, others in asked[number + 1 :]:
            assert begun >= ended or not set(keys) & set(others)
    counted = Counter(key for _, _, keys in asked for key in keys)
    assert len(counted) == 100
    assert ask(shop, "[InboxMessage.objects.count(), InboxMessage.objects.waiting().count()]") == [600, 0]


def test_what_a_killed_worker_held_is_worked_off_by_another(
    shop: Environment, deliveries: Path, tmp_path: Path
) -> None:
    finish([start(shop, "deliver", deliveries)])
    claim = (
        "from catalog.saleor.webhooks import inbox; from datetime import timedelta; import os, signal; "
        "inbox.LEASE = timedelta(seconds=3); inbox._claim(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {claim}"], cwd=ROOT, env=shop, check=False
    )
    assert killed.returncode == -9
    held = ask(shop, "InboxMessage.objects.filter(leased_until__isnull=False).count()")

    (done,) = finish([start(shop, "work", tmp_path / "journal")])

    assert held == 300, "a hundred objects with all their messages"
    assert done == 100
    assert ask(shop, "list(InboxMessage.objects.values_list('attempts').annotate(Count('pk')))") == [[2, 300]]


def test_the_newest_answer_wins_in_whatever_order_they_arrive(shop: Environment, tmp_path: Path) -> None:
    made = (
        "from tests.factories import make_product, make_warehouse; p = make_product(); "
        "w = make_warehouse(producer=p.producer); print(p.code, w.external_reference)"
    )
    told = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {made}"],
        cwd=ROOT, env=shop, check=True, capture_output=True, text=True,
    )  # fmt: skip
    code, warehouse = told.stdout.split()
    path, now = tmp_path / "states.json", clock.now()
    states = [[(now + timedelta(milliseconds=n)).isoformat(), 10_000 + n] for n in range(50)]
    path.write_text(json.dumps({"reference": f"{code}-1", "warehouse": warehouse, "states": states}))

    finish([start(shop, "mirror", path) for _ in range(2)])

    newest = 10_049
    assert ask(shop, "list(Offer.objects.values_list('price', 'stocks__quantity'))") == [[newest, newest]]
    assert ask(shop, "list(Product.objects.values_list('price_from', 'in_stock'))") == [[newest, True]]
