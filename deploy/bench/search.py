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
from datetime import timedelta
from pathlib import Path

GOODS = (
    "Cà phê", "Mật ong", "Nước mắm", "Gạo", "Chè", "Bưởi", "Xoài", "Dứa sấy", "Kẹo dừa", "Mứt dâu", "Rượu cần",
    "Tỏi đen", "Hạt điều", "Mắc ca", "Bánh tráng", "Lạc rang", "Tinh bột nghệ", "Nấm linh chi", "Khô cá", "Chả cá",
    "Trà atiso", "Hồ tiêu", "Nem chua", "Thịt trâu gác bếp", "Miến dong", "Sầu riêng", "Thanh long", "Cam sành",
    "Yến sào", "Đậu phộng",
)  # fmt: skip
KINDS = (
    "hữu cơ",
    "nguyên chất",
    "rừng",
    "đặc biệt",
    "sấy dẻo",
    "sấy lạnh",
    "truyền thống",
    "thượng hạng",
    "hòa tan",
    "bột",
)
BRANDS = (
    "Tân Phú",
    "Hoa Sen",
    "Sơn Hà",
    "Thiên An",
    "Bảo Lộc",
    "Kim Ngân",
    "Ngọc Lan",
    "Cầu Kè",
    "An Thịnh",
    "Mai Châu",
)
STORY = (
    "Sản phẩm được làm từ nguyên liệu của bà con trong xã, chế biến theo cách truyền thống, không dùng chất bảo quản, "
    "đóng gói tại hợp tác xã và kiểm nghiệm định kỳ."
)
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


def fill(number: int) -> None:
    """Listed products with all kinds of facts, half a per cent for adults only, a tenth without an offer."""
    from catalog import clock  # noqa: PLC0415
    from catalog.producers.models import Producer, ProducerKind  # noqa: PLC0415
    from catalog.products.codes import new_code  # noqa: PLC0415
    from catalog.products.models import Product  # noqa: PLC0415
    from catalog.regions import old_provinces  # noqa: PLC0415
    from catalog.text import fold, name_key  # noqa: PLC0415

    dice, today, olds = random.Random(1), clock.today(), old_provinces()
    producers = []
    for index in range(max(1, number // 2)):
        old = dice.choice(olds)
        name = f"Hợp tác xã {dice.choice(BRANDS)} {index}"
        producers.append(
            Producer(name=name, name_key=name_key(name), slug=fold(name).replace(" ", "-"),
                     kind=dice.choice(ProducerKind.values), province_code=old.province_code, address=old.code)
        )  # fmt: skip
    Producer.objects.bulk_create(producers, batch_size=2000)
    by_code = {old.code: old for old in olds}
    unique: set[str] = set()
    while len(unique) < number:
        unique.add(new_code())
    codes, products = sorted(unique), []
    for index in range(number):
        producer = dice.choice(producers)
        old = by_code[producer.address]
        name = f"{dice.choice(GOODS)} {dice.choice(KINDS)} {dice.choice(BRANDS)} {index % 997}"
        price = None if dice.random() < 0.1 else dice.randrange(20, 1500) * 1000
        since = today - timedelta(days=dice.randrange(1000))
        products.append(
            Product(code=codes[index], name=name, name_key=f"{name_key(name)} {index}",
                    slug=fold(name).replace(" ", "-"),
                    producer=producer, set_no=dice.randrange(1, 27), branch=dice.randrange(1, 7),
                    restriction="alcohol" if dice.random() < 0.005 else "", address=f"Xã Tân Phú, {old.name}",
                    province_code=old.province_code, old_province_code=old.code, region=old.region,
                    star=dice.choice((3, 3, 3, 4, 5)), listable_from=since, listable_until=since + timedelta(days=1095),
                    blocked="", story=STORY, price_from=price, in_stock=price is not None and dice.random() < 0.8)
        )  # fmt: skip
    Product.objects.bulk_create(products, batch_size=2000)


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
    services.suggest("ca")
    print(f"suggest: first time     {(time.perf_counter() - started) * 1000:8.0f} ms")
    report("suggest", [lambda p=p: services.suggest(p) for p in dice.choices(PREFIXES, k=ROUNDS)])
    visibility(home)


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
