"""What pages with combos cost: `./chosao bench combos [--combos 20 300 1000]`, in a database of its own.

Milliseconds of processor time and queries a page, in one process and warm: everything but the network. About one combo
in eight is sold out.
"""

import argparse
import gc
import os
import sys
import tempfile
import time

from deploy.bench._catalogue import fill_combos, fill_for_sale
from deploy.bench.search import suggests

ROW = "{:<34}{:>8}{:>9}{:>9}{:>9}"
QUERY = "{ combos(first: 24) { edges { node { code title price { total } parts { product { name } } } } } }"


def main() -> None:
    """Make the catalogue, then more and more combos, and ask every page that shows some."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=2_000)
    parser.add_argument("--combos", type=int, nargs="+", default=[20, 300, 1000])
    parser.add_argument("--rounds", type=int, default=30, help="of each page")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chosao-bench-") as home:
        os.environ.update(CHOSAO_HOME=home, DATABASE_URL=f"sqlite:///{home}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.settings"
        import django  # noqa: PLC0415

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        from deploy.cli.static import collect  # noqa: PLC0415

        collect()
        call_command("migrate", interactive=False, verbosity=0)
        fill_for_sale(arguments.products)
        from catalog.search.services import reindex  # noqa: PLC0415

        reindex()
        while not suggests():
            time.sleep(0.05)
        from catalog.combos.models import Combo  # noqa: PLC0415

        print(ROW.format("", "combos", "p50 ms", "p95 ms", "queries"))
        for number in sorted(arguments.combos):
            fill_combos(number - Combo.objects.count())
            gc.collect()
            gc.freeze()  # what was made is no part of what a page costs
            for name, path in _pages():
                _measure(name, path, number, arguments.rounds)


def _pages() -> list[tuple[str, str]]:
    from urllib.parse import urlencode  # noqa: PLC0415

    from catalog.combos.models import ComboPart  # noqa: PLC0415
    from catalog.regions import province  # noqa: PLC0415

    product = ComboPart.objects.order_by("pk")[0].offer.product
    maker = product.producer
    return [
        ("combos", "/combo/"),
        ("combos, by price", "/combo/?xep=gia-thap"),
        ("combos, further on", "/combo/?tu=200"),
        ("combos of a province", f"/combo/?tinh={product.province_code}"),
        ("home", "/"),
        ("province", f"/vung/{province(product.province_code).slug}/"),
        ("product in a combo", product.get_absolute_url()),
        ("producer of it", f"/chu-the/{maker.slug}-{maker.pk}/"),
        ("search for a combo", "/tim/?q=combo"),
        ("suggestions", "/goi-y/?q=qua"),
        ("API, a page of combos", "/graphql/?" + urlencode({"query": QUERY})),
    ]


def _measure(name: str, path: str, combos: int, rounds: int) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client, took = Client(SERVER_NAME="localhost"), []
    for _ in range(3):
        client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    queries = len(asked)
    if answer.status_code != 200:
        sys.exit(f"{path}: {answer.status_code}")
    for _ in range(rounds):
        started = time.process_time()
        client.get(path)
        took.append((time.process_time() - started) * 1000)
    took.sort()
    p50, p95 = (took[int(len(took) * share)] for share in (0.5, 0.95))
    print(ROW.format(name, combos, f"{p50:.1f}", f"{p95:.1f}", queries), flush=True)


if __name__ == "__main__":
    main()
