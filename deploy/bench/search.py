"""Search at size: `./chosao bench search [--docs N]`. A synthetic catalogue in a database of its own.

Milliseconds, warm: engine alone, then the whole service with rows read from the database.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from deploy.bench._catalogue import BRANDS, fill

TEXTS = ("cà phê", "ca phe", "mật ong rừng", "keo dua", "dứa sấy", "trà", "nấm linh chi", "nước mắm truyền thống")
PREFIXES = ("ca", "cà p", "mat o", "nuoc m", "dua", "keo d", "htx", "bảo l", "linh c", "sau", "tra a", "gao")
ROUNDS = 400


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=int, default=20_000, help="products in the catalogue")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chosao-bench-") as home:
        os.environ.update(CHOSAO_HOME=home, DATABASE_URL=f"sqlite:///{home}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.settings"
        import django  # noqa: PLC0415

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", interactive=False, verbosity=0)
        started = time.perf_counter()
        fill(arguments.docs)
        print(
            f"{arguments.docs:,} products made in {time.perf_counter() - started:.1f} s, seed 1, {os.cpu_count()} cores"
        )
        measure(home)


def measure(home: str) -> None:
    """All figures of this database."""
    from catalog.search import services  # noqa: PLC0415
    from catalog.search.query import SearchQuery  # noqa: PLC0415
    from catalog.search.reading import read  # noqa: PLC0415
    from catalog.search.services import engine  # noqa: PLC0415

    started = time.perf_counter()
    services.reindex()
    print(f"full rebuild            {time.perf_counter() - started:8.2f} s")
    dice = random.Random(2)

    def query(text: str) -> SearchQuery:
        regions = ("tay-nguyen", "dong-bang-song-cuu-long", "dong-bang-song-hong")
        return SearchQuery(
            text=text, star=(3, 4), region=(dice.choice(regions),), branch=tuple(dice.sample(range(1, 7), 3))
        )

    texts = [query(dice.choice(TEXTS)) for _ in range(ROUNDS)]
    browses = [query("") for _ in range(ROUNDS)]
    report("engine: text + 3 filters", [lambda q=q: engine().search(read(q).request) for q in texts])
    unseen = [SearchQuery(text=f"trà {one} {number}") for number, one in enumerate(dice.choices(BRANDS, k=ROUNDS))]
    report("reading a text never seen", [lambda q=q: read(q) for q in unseen], warm=False)
    report("engine: browse + 3 filters", [lambda q=q: engine().search(read(q).request) for q in browses])
    report("engine: browse, no filter", [lambda: engine().search(read(SearchQuery()).request)] * ROUNDS)
    report("service: text + 3 filters", [lambda q=q: services.search(q) for q in texts])
    report("service: browse + 3 filters", [lambda q=q: services.search(q) for q in browses])
    report("service: a misspelt word", [lambda: services.search(SearchQuery(text="cà phêe hữu cơ"))] * 50)
    started = time.perf_counter()
    while not suggests():
        time.sleep(0.05)
    print(f"suggestions there after {time.perf_counter() - started:8.2f} s")
    report("suggest", [lambda p=p: services.suggest(p) for p in dice.choices(PREFIXES, k=ROUNDS)])
    visibility(home)


def suggests() -> bool:
    """Is what is suggested there? The first to ask begins to have it written."""
    from catalog.search.errors import SearchUnavailable  # noqa: PLC0415
    from catalog.search.services import suggest  # noqa: PLC0415

    try:
        return bool(suggest("ca"))
    except SearchUnavailable:
        return False


def visibility(home: str, changes: int = 40) -> None:
    """From the commit of a change to its being found here, an indexer running in a process of its own."""
    from catalog.certificates.services import is_listed  # noqa: PLC0415
    from catalog.outbox.models import OutboxRow  # noqa: PLC0415
    from catalog.outbox.services import emit  # noqa: PLC0415
    from catalog.products.models import Product  # noqa: PLC0415
    from catalog.search.query import SearchQuery  # noqa: PLC0415
    from catalog.search.services import search  # noqa: PLC0415

    product = next(p for p in Product.objects.exclude(restriction="alcohol").select_related("producer") if is_listed(p))
    indexer = subprocess.Popen(  # the command of `up`
        [sys.executable, "-m", "deploy.cli", "run", "indexer"], env=os.environ, cwd=Path(__file__).resolve().parents[2]
    )
    took = []
    try:
        for change in range(changes + 1):
            word = f"moi{change}x"
            Product.objects.filter(pk=product.pk).update(name=f"Cà phê {word}")
            emit("index", [product.code])
            started = time.perf_counter()
            while not search(SearchQuery(text=word, exact=True)).total:
                if indexer.poll() is not None or time.perf_counter() - started > 60:
                    sys.exit("the indexer did not come")
                time.sleep(0.002)
            took.append(time.perf_counter() - started)
            time.sleep(random.random() * 0.1)
    finally:
        indexer.terminate()
        indexer.wait()
    show("change seen by another process", took[1:])  # the first waits for the process to start
    print(f"outbox rows left        {OutboxRow.objects.count():8d}      home {home}")


def report(name: str, calls: list[Callable[[], object]], *, warm: bool = True) -> None:
    """Warm up with some of the calls, then time each."""
    for call in calls[: 20 * warm]:
        call()
    took = []
    for call in calls:
        started = time.perf_counter()
        call()
        took.append(time.perf_counter() - started)
    show(name, took)


def show(name: str, took: list[float]) -> None:
    """p50 and p95 in milliseconds."""
    took = sorted(took)
    p50, p95 = (took[int(len(took) * share)] * 1000 for share in (0.5, 0.95))
    print(f"{name:<32} p50 {p50:8.3f} ms   p95 {p95:8.3f} ms   n={len(took)}", flush=True)


if __name__ == "__main__":
    main()
