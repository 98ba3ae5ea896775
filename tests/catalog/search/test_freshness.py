"""Nothing is lost between the outbox and the index, whoever dies, and suggestions know what day it is."""

import secrets
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from catalog import clock
from catalog.outbox.models import OutboxRow
from catalog.outbox.services import claim
from catalog.products.models import Product, Restriction
from catalog.search import indexer, pointer, services
from catalog.search.documents import documents
from catalog.search.lease import lease
from catalog.search.query import SearchQuery
from tests.catalog.search.conftest import ELASTICSEARCH, TANTIVY, Find, lose_index, only_tantivy, server_of
from tests.factories import make_producer, make_product
from tests.side_by_side import Environment, own_shop

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.django_db
def test_rows_that_a_dead_writer_had_claimed_are_worked_off_at_once(find: Find) -> None:
    find()
    make_product("Trà dở dang")
    assert claim("index", "dead")

    assert find("trà").total == 1
    assert not OutboxRow.objects.filter(topic="index").exists()


@pytest.mark.django_db
def test_a_change_committed_while_a_rebuild_reads_is_not_lost(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    product = make_product("Trà cũ")
    find()
    OutboxRow.objects.create(pk=900, topic="index", key="AAAAAAA", available_at=clock.now())

    def read_slowly(codes=None):
        yield from list(documents(codes))
        if codes is None:  # a transaction that began before the rebuild now commits, with a lower number
            Product.objects.filter(pk=product.pk).update(name="Trà mới")
            OutboxRow.objects.create(pk=800, topic="index", key=product.code, available_at=clock.now())

    monkeypatch.setattr(services, "documents", read_slowly)
    services.reindex()

    assert list(OutboxRow.objects.filter(topic="index").values_list("pk", flat=True)) == [800]
    assert find("trà mới").total == 1


@only_tantivy
@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"schema": 0}, {"database": "another"}, {"folder": "g-none"}])
def test_an_index_that_does_not_fit_is_built_anew(wrong: dict[str, object], find: Find) -> None:
    make_product("Trà")
    find()
    found = pointer.read()
    assert found is not None
    facts = {"folder": found.folder, "commit": 1, "schema": found.schema, "database": found.database, **wrong}
    pointer.write(pointer.Pointer(**facts))

    assert find("trà").total == 1
    assert pointer.read() != pointer.Pointer(**facts)


@only_tantivy
@pytest.mark.django_db
def test_a_damaged_index_is_built_anew(find: Find) -> None:
    make_product("Trà")
    find()
    found = pointer.read()
    assert found is not None
    (found.path / "meta.json").write_text("{")
    services.engine.cache_clear()

    assert find("trà").total == 1


@pytest.mark.django_db
def test_an_index_that_goes_away_under_the_indexer_is_built_anew(
    index: None, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "CHECK_EVERY", 0.0)
    make_product("Trà")
    turns, stop = [], threading.Event()

    def alive() -> None:
        turns.append(services.engine().standing().state)
        if len(turns) == 2:
            lose_index(settings)
        if len(turns) == 4:
            stop.set()

    indexer.run_forever(stop, alive)

    assert turns == ["no index", "ok", "ok", "ok"]
    assert services.search(SearchQuery(text="trà")).total == 1


@pytest.mark.django_db
def test_a_rebuild_asked_for_while_the_lease_is_held_goes_on_when_it_is_free(find: Find) -> None:
    make_product("Trà")
    find()
    before, told = services.generation(), []
    with lease() as held:
        assert held is not None
        assert services.catch_up() is None
        assert services.generation() == before
    assert services.reindex(told.append) == 1
    assert services.generation() != before
    assert told[-1] == "1 products indexed"


@pytest.mark.django_db
def test_no_suggestion_outlives_the_certificate_or_needs_an_age(find: Find) -> None:
    producer = make_producer("Hợp tác xã Bản Mường")
    product = make_product("Trà hoa vàng", producer=producer)
    make_product("Trà rượu", restriction=Restriction.ALCOHOL)
    find()

    assert [one.text for one in services.suggest("trà h")] == ["Trà hoa vàng"]
    assert [(one.text, one.kind) for one in services.suggest("ban m")] == [("Hợp tác xã Bản Mường", "producer")]
    assert "Trà rượu" not in [one.text for one in services.suggest("tra", 50)]
    with clock.as_of(product.listable_until + timedelta(days=1)):
        assert services.suggest("trà h") == []


@pytest.mark.django_db
def test_suggestions_with_the_accents_typed_come_first(find: Find) -> None:
    for name in ("Dưa lưới", "Dừa sáp", "Dứa mật", "Mứt dứa"):
        make_product(name)
    find()

    assert [one.text for one in services.suggest("dứa")] == ["Dứa mật", "Mứt dứa", "Dưa lưới", "Dừa sáp"]
    assert services.suggest("dua", 2) == services.suggest("dua")[:2]


WRITER = """
import sys, threading
import django
django.setup()
from tests.factories import make_product
if sys.argv[1] == "index":
    from catalog.search.indexer import run_forever
    print("ready", flush=True)
    run_forever(threading.Event())
print("ready", flush=True)
for line in sys.stdin:
    make_product(line.strip())
    print("made", flush=True)
"""


class Shop:
    """A home folder with a database on disk, and processes of the shop over it."""

    def __init__(self, environment: Environment) -> None:
        self.env = environment
        self.started: list[subprocess.Popen[str]] = []

    def start(self, role: str) -> subprocess.Popen[str]:
        """A process that has said that it is ready."""
        process = subprocess.Popen([sys.executable, "-c", WRITER, role], cwd=ROOT, env=self.env, text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
        self.started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    def make(self, process: subprocess.Popen[str], name: str) -> None:
        """A product, committed by that process."""
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{name}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "made\n"

    def total(self, text: str) -> int:
        """What a third process finds, without writing anything itself."""
        program = ("import django; django.setup(); from catalog.search.services import search;"
                   "from catalog.search.query import SearchQuery;"
                   f"print(search(SearchQuery(text={text!r}, exact=True)).total)")  # fmt: skip
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=self.env, text=True, check=True,
                              capture_output=True)  # fmt: skip
        return int(done.stdout)

    def stop(self) -> None:
        """End what is left."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    stream.close()


@pytest.fixture(params=[TANTIVY, ELASTICSEARCH])
def shop(request: pytest.FixtureRequest, tmp_path: Path):
    server, index = server_of(request) if request.param == ELASTICSEARCH else "", f"test-{secrets.token_hex(6)}"
    with own_shop("sqlite", tmp_path, ELASTICSEARCH_URL=server, ELASTICSEARCH_INDEX=index) as environment:
        shop = Shop(environment)
        yield shop
        shop.stop()


def _until(found, wanted: int) -> int:
    for _ in range(40):
        if (total := found()) == wanted:
            break
        time.sleep(0.2)
    return total


@pytest.mark.self_contained
def test_a_change_is_found_in_another_process_and_survives_a_killed_indexer(shop: Shop) -> None:
    maker, indexer = shop.start("make"), shop.start("index")
    shop.make(maker, "Trà thứ nhất")
    _until(lambda: shop.total("trà"), 1)
    shop.start("index")  # waits for the first to end
    assert _until(lambda: shop.total("trà"), 1) == 1

    for name in ("Trà thứ hai", "Trà thứ ba"):
        shop.make(maker, name)
    indexer.send_signal(signal.SIGKILL)  # wherever it is at: claimed, committed or deleted
    indexer.wait()
    shop.make(maker, "Trà thứ tư")

    assert _until(lambda: shop.total("trà"), 4) == 4
