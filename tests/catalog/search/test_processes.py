"""One writer, many readers: the lease, a writer that is killed, the command line."""

import json
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings

from catalog.search import services
from catalog.search.command import search
from catalog.search.errors import SearchUnavailable
from catalog.search.indexer import run_forever
from catalog.search.lease import lease
from catalog.search.query import SearchQuery
from tests.catalog.search.conftest import Find, only_tantivy
from tests.factories import make_offer, make_product


@pytest.mark.django_db
def test_only_one_holds_the_lease(index: None) -> None:
    with lease() as first, lease() as second:
        assert first is not None
        assert second is None
    with lease() as after:
        assert after is not None


@only_tantivy
@pytest.mark.django_db
def test_a_killed_writer_leaves_a_readable_index_and_no_lock(find: Find) -> None:
    make_product("Trà còn đây")
    assert find("trà").total == 1
    program = textwrap.dedent(f"""
        import sys, time
        from pathlib import Path
        import os
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django
        django.setup()
        from django.conf import settings
        settings.SEARCH_INDEX_DIR = Path({str(settings.SEARCH_INDEX_DIR)!r})
        from catalog.search import pointer
        from catalog.search.lease import lease
        from catalog.search.tantivy_schema import open_index
        with lease() as held:
            writer = open_index(next(settings.SEARCH_INDEX_DIR.glob("g-*"))).writer(64_000_000, 1)
            writer.delete_all_documents()
            print("half way" if held else "no lease", flush=True)
            time.sleep(60)
    """)
    root = Path(__file__).resolve().parents[3]
    writer = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=root)
    assert writer.stdout is not None
    assert writer.stdout.readline().strip() == "half way"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()

    make_product("Trà mới về")

    assert find("trà").total == 2


@pytest.mark.django_db(transaction=True)
def test_the_indexer_follows_the_outbox(index: None) -> None:
    stop = threading.Event()
    indexer = threading.Thread(target=run_forever, args=(stop,))
    indexer.start()
    try:
        make_product("Trà đến sau")
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                if services.search(SearchQuery(text="trà đến sau")).total:
                    break
            except SearchUnavailable:
                pass
            time.sleep(0.02)
        assert services.search(SearchQuery(text="trà đến sau")).total == 1
        assert services.catch_up() is None
    finally:
        stop.set()
        indexer.join(20)


@pytest.mark.django_db
def test_the_command_prints_one_json_object(index: None) -> None:
    product = make_product("Cà phê mẫu", star=3)
    make_offer(product, price=90_000)

    done = CliRunner().invoke(search, ["ca phe", "--star", "3", "--province", "Lâm Đồng", "--json"])

    told = json.loads(done.stdout)
    assert list(told) == ["total", "items", "facets", "took_ms"]
    assert told["items"] == [
        {"code": product.code, "name": "Cà phê mẫu", "star": 3, "province_code": "68", "price": 90_000}
    ]
    assert told["facets"]["star"] == {"3": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [["--province", "Nơi nào"], ["--star", "6"], ["--sort", "bừa"], ["--price-min", "9", "--price-max", "5"]],
)
def test_a_wrong_filter_is_named(wrong: list[str], index: None) -> None:
    done = CliRunner().invoke(search, ["trà", *wrong, "--json"])

    assert (done.exit_code, done.stdout) == (2, "")
    assert wrong[0] in done.stderr
