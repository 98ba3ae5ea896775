"""What the publisher gets out of a Saleor, against that Saleor's own ceiling: `./chosao bench publish [--products N]`.

SALEOR_API_URL and SALEOR_APP_TOKEN name a Saleor that holds nothing worth keeping. The ceiling is a bare loop that
posts bodies made beforehand, in the shape that Saleor works off fastest. Ours and the ceiling take turns in lots, so
that both meet the same machine and the same table sizes; told are products (or rows) a second, and their ratio.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
STORES = 5  # warehouses that an offer lies in
LOTS = 4  # turns that ours and the ceiling take
CREATE_LOTS, STRANGERS = 8, 400  # lots of the first publication; what the ceiling makes after each


def main() -> None:
    """Make a catalogue, publish it, change it; print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=20_000)
    parser.add_argument("--sample", type=int, default=2_000, help="products of each operation but the first")
    parser.add_argument("--publisher", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.publisher:
        import django  # noqa: PLC0415

        django.setup()
        be_the_publisher()
        return
    if not os.environ.get("SALEOR_API_URL") or not os.environ.get("SALEOR_APP_TOKEN"):
        sys.exit("set SALEOR_API_URL and SALEOR_APP_TOKEN to a Saleor that holds nothing worth keeping")
    with tempfile.TemporaryDirectory(prefix="chosao-bench-") as home:
        os.environ.update(CHOSAO_HOME=home, DATABASE_URL=f"sqlite:///{home}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.settings"
        import django  # noqa: PLC0415

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        from deploy.bench._catalogue import fill  # noqa: PLC0415

        call_command("migrate", interactive=False, verbosity=0)
        fill(arguments.products)
        Bench(min(arguments.sample, arguments.products // 2)).run(arguments.products)


class Ceiling:
    """Posts bodies that were made beforehand, and nothing else."""

    def __init__(self) -> None:
        self.url = os.environ["SALEOR_API_URL"]
        headers = {
            "Authorization": f"Bearer {os.environ['SALEOR_APP_TOKEN']}", "Content-Type": "application/json",
            "Connection": "close",  # kept ones may all be with one of Saleor's processes
        }  # fmt: skip
        self.http = httpx.Client(headers=headers, timeout=120)

    def post(self, bodies: Sequence[bytes], width: int) -> float:
        """Seconds for all of them, `width` at once."""
        started = time.perf_counter()
        with ThreadPoolExecutor(width) as pool:
            for answer in pool.map(lambda body: self.http.post(self.url, content=body), bodies):
                told = answer.json()
                assert "errors" not in told, told
        return time.perf_counter() - started


class Recorder:
    """Makes the client's bodies without sending them."""

    def __init__(self) -> None:
        from catalog.saleor.client import Saleor  # noqa: PLC0415

        self.bodies: list[bytes] = []
        self.api = Saleor("http://nowhere.invalid/graphql/", "", transport=httpx.MockTransport(self._keep))

    def _keep(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(request.content)
        return httpx.Response(200, json={"errors": [{"message": "recorded"}]})

    def record(self, call: Callable[[Any], object]) -> bytes:
        """The body that `call` would have sent."""
        from catalog.saleor.errors import SaleorFault  # noqa: PLC0415

        with contextlib.suppress(SaleorFault):
            call(self.api)
        return self.bodies.pop()


class Bench:
    """All operations on one catalogue."""

    def __init__(self, sample: int) -> None:
        import logging  # noqa: PLC0415

        from catalog.saleor.client import client  # noqa: PLC0415
        from catalog.saleor.setup import ensure_setup  # noqa: PLC0415

        logging.disable(logging.ERROR)
        self.sample = sample
        self.api = client()
        self.ceiling, self.recorder = Ceiling(), Recorder()
        self.rows: list[tuple[str, float, float]] = []
        ensure_setup(self.api, "http://127.0.0.1:8099/hooks/saleor/")
        for hook in (self.api.our_app().app or _no_app()).webhooks or ():  # a listener that is not there costs Saleor
            self._post("mutation($id: ID!) { webhookUpdate(id: $id, input: {isActive: false}) { errors { code } } }",
                       {"id": hook.id})  # fmt: skip

    def run(self, number: int) -> None:
        """Everything, in the order of a shop's life."""
        self.create(number)
        self.update()
        self.price_and_stock()
        self.unpublish()
        self.drift()
        print(f"\n{'':<34}{'ceiling':>10}{'ours':>10}{'ratio':>8}")
        for name, theirs, ours in self.rows:
            print(f"{name:<34}{theirs:>8.1f}/s{ours:>8.1f}/s{ours / theirs:>8.0%}")

    def create(self, number: int) -> None:
        """One publisher process gets the catalogue in lots; between them the ceiling makes strangers."""
        from catalog.products.models import Product  # noqa: PLC0415

        codes = list(Product.objects.order_by("pk").values_list("code", flat=True))
        size, made, seconds = -(-len(codes) // CREATE_LOTS), [0, 0], [0.0, 0.0]
        process = subprocess.Popen(
            [sys.executable, "-m", "deploy.bench.publish", "--publisher"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdin
        assert process.stdout
        for lot in range(CREATE_LOTS):
            bodies = self._strangers(codes[:STRANGERS], lot)
            for ours in (True, False) if lot % 2 else (False, True):
                if ours:
                    process.stdin.write(json.dumps(codes[lot * size : (lot + 1) * size]) + "\n")
                    process.stdin.flush()
                    report = json.loads(process.stdout.readline())
                    assert not report["refused"], report["refused"]
                    made[1], seconds[1] = made[1] + report["created"], seconds[1] + report["seconds"]
                else:
                    made[0], seconds[0] = made[0] + 100 * len(bodies), seconds[0] + self.ceiling.post(bodies, 2)
        process.stdin.close()
        _, _, used = os.wait4(process.pid, 0)
        self.rows.append((f"create {number:,}", made[0] / seconds[0], made[1] / seconds[1]))
        print(f"created {made[1]:,} in {seconds[1]:.0f} s, peak memory of the publisher {used.ru_maxrss / 1024:.0f} MB")
        report, peak = publish_in_a_process()
        print(f"nothing changed: {report['unchanged']:,} compared in {report['seconds']:.1f} s, "
              f"peak {peak / 1024:.0f} MB", flush=True)  # fmt: skip

    def _strangers(self, codes: list[str], lot: int) -> list[bytes]:
        """Requests that make copies of these products under other names."""
        from catalog.products.models import Product  # noqa: PLC0415
        from ocop_sync.publish.payload import content, creation  # noqa: PLC0415

        products = list(Product.objects.filter(code__in=codes).select_related("producer", "current"))
        bodies, mark = [], f"raw-{time.time_ns():x}-{lot}"
        for start in range(0, len(products), 100):
            names = [f"{mark}-{product.pk}" for product in products[start : start + 100]]
            facts = [
                content(product) | {"external_reference": name, "slug": name}
                for product, name in zip(products[start : start + 100], names, strict=True)
            ]
            rows = [creation(self.api, one) for one in facts]
            bodies.append(self.recorder.record(lambda api, rows=rows: api.create_products(products=rows)))
        return bodies

    def update(self) -> None:
        """A new name, and the attributes with it."""
        from catalog.products.models import Product  # noqa: PLC0415
        from catalog.saleor.several import four  # noqa: PLC0415
        from ocop_sync.publish.models import Publication  # noqa: PLC0415
        from ocop_sync.publish.payload import change, content, content_hash  # noqa: PLC0415
        from ocop_sync.publish.services import publish_codes  # noqa: PLC0415

        def ours(codes: list[str]) -> float:
            Product.objects.filter(code__in=codes).update(name="Tên của lần đo")
            started = time.perf_counter()
            assert publish_codes(codes).updated == len(codes)
            return time.perf_counter() - started

        def theirs(codes: list[str]) -> float:
            Product.objects.filter(code__in=codes).update(name="Tên của lần đo")
            products = Product.objects.filter(code__in=codes).select_related("producer", "current")
            facts = [content(product) for product in products]
            bodies = []
            for start in range(0, len(facts), 4):
                rows = [{"reference": one["external_reference"], "input": change(self.api, one)}
                        for one in facts[start : start + 4]]  # fmt: skip
                bodies.append(self.recorder.record(lambda api, rows=rows: api.update_products(**four(rows))))
            took = self.ceiling.post(bodies, 4)
            for one in facts:
                Publication.objects.filter(code=one["external_reference"]).update(content_hash=content_hash(one))
            return took

        self._turns("update, 7 attributes", ours, theirs)

    def price_and_stock(self) -> None:
        """A price each, and five shelves each."""
        from catalog.offers.bulk import WantedOffer, put_offers, send_prices, send_stocks  # noqa: PLC0415
        from catalog.producers.models import Producer  # noqa: PLC0415
        from catalog.products.models import Product  # noqa: PLC0415
        from catalog.saleor.generated import (  # noqa: PLC0415
            ProductVariantChannelListingAddInput,
            StockBulkUpdateInput,
        )
        from catalog.saleor.setup import WarehouseFacts, channel_id, settle_warehouse  # noqa: PLC0415
        from catalog.saleor.several import four  # noqa: PLC0415
        from catalog.salepoints.models import Warehouse  # noqa: PLC0415

        mark = f"{time.time_ns():x}"
        stores = []
        for n, producer in enumerate(Producer.objects.order_by("pk")[:STORES]):
            reference = f"bench-{mark}-{n}"
            settle_warehouse(self.api, WarehouseFacts(reference, f"Kho {n}", "1 Lê Lợi", "68", collection_point=False))
            stores.append(Warehouse.objects.create(external_reference=reference, producer=producer))

        def offers(codes: list[str], price: int, pieces: int) -> list[WantedOffer]:
            products = Product.objects.filter(code__in=codes)
            return [WantedOffer(p, 1, "Gói 500 g", price, 500, dict.fromkeys(stores, pieces)) for p in products]

        codes = self._codes(2 * self.sample)
        started = time.perf_counter()
        report = put_offers(offers(codes, 100_000, 10))
        assert report.done == len(codes), report.refused
        print(f"offers made: {len(codes) / (time.perf_counter() - started):.1f}/s, with {STORES} shelves each")

        def ours_price(lot: list[str]) -> float:
            started = time.perf_counter()
            assert not send_prices(self.api, {f"{code}-1": 110_000 for code in lot})
            return time.perf_counter() - started

        def whole_price(lot: list[str]) -> float:
            wanted = offers(lot, 120_000, 10)
            started = time.perf_counter()
            assert put_offers(wanted).done == len(lot)
            return time.perf_counter() - started

        def their_price(lot: list[str]) -> float:
            bodies = []
            for start in range(0, len(lot), 4):
                rows = [{"sku": f"{code}-1", "input": [
                    ProductVariantChannelListingAddInput(channelId=channel_id(self.api), price=130_000)
                ]} for code in lot[start : start + 4]]  # fmt: skip
                bodies.append(self.recorder.record(lambda api, rows=rows: api.set_variant_prices(**four(rows))))
            return self.ceiling.post(bodies, 4)

        self._turns("price", ours_price, their_price)
        self._turns("price, read and mirrored", whole_price, their_price)

        def rows_of(lot: list[str], pieces: int) -> list[tuple[str, str, int]]:
            return [(f"{code}-1", store.external_reference, pieces) for code in lot for store in stores]

        def ours_stock(lot: list[str]) -> float:
            started = time.perf_counter()
            assert not send_stocks(self.api, rows_of(lot, 20))
            return time.perf_counter() - started

        def their_stock(lot: list[str]) -> float:
            rows, bodies = rows_of(lot, 30), []
            for start in range(0, len(rows), 500):
                stocks = [StockBulkUpdateInput(variantExternalReference=v, warehouseExternalReference=w, quantity=n)
                          for v, w, n in rows[start : start + 500]]  # fmt: skip
                bodies.append(self.recorder.record(lambda api, stocks=stocks: api.update_stocks(stocks=stocks)))
            return self.ceiling.post(bodies, 2)

        self._turns("stock rows", ours_stock, their_stock, each=STORES)

    def unpublish(self) -> None:
        """The gate closes for them."""
        from catalog.products.models import Product  # noqa: PLC0415
        from catalog.saleor.generated import (  # noqa: PLC0415
            ProductChannelListingAddInput,
            ProductChannelListingUpdateInput,
        )
        from catalog.saleor.setup import channel_id  # noqa: PLC0415
        from catalog.saleor.several import four  # noqa: PLC0415
        from ocop_sync.publish.models import Publication  # noqa: PLC0415
        from ocop_sync.publish.services import publish_due  # noqa: PLC0415

        def ours(codes: list[str]) -> float:
            Product.objects.filter(code__in=codes).update(blocked="revoked")
            started = time.perf_counter()
            assert publish_due().delisted == len(codes)
            return time.perf_counter() - started

        def theirs(codes: list[str]) -> float:
            ids = list(Publication.objects.filter(code__in=codes).values_list("saleor_id", flat=True))
            off = ProductChannelListingAddInput(
                channelId=channel_id(self.api), isPublished=False, visibleInListings=False, isAvailableForPurchase=False
            )
            update, bodies = ProductChannelListingUpdateInput(updateChannels=[off]), []
            for start in range(0, len(ids), 4):
                rows = [{"id": one} for one in ids[start : start + 4]]
                bodies.append(
                    self.recorder.record(lambda api, rows=rows: api.set_product_listings(input=update, **four(rows)))
                )
            took = self.ceiling.post(bodies, 4)
            Publication.objects.filter(code__in=codes).update(is_published=False)
            Product.objects.filter(code__in=codes).update(blocked="revoked")
            return took

        self._turns("unpublish", ours, theirs)

    def drift(self) -> None:
        """Saleor must hold what it was told."""
        from ocop_sync.publish.drift import find_publication_drift  # noqa: PLC0415

        started = time.perf_counter()
        found = find_publication_drift()
        print(f"drift check: {found.read:,} products read in {time.perf_counter() - started:.0f} s, "
              f"{len(found.found)} differ")  # fmt: skip

    def _turns(
        self, name: str, ours: Callable[[list[str]], float], theirs: Callable[[list[str]], float], each: int = 1
    ) -> None:
        codes = self._codes(2 * self.sample)
        size = max(4, len(codes) // (2 * LOTS) // 4 * 4)
        lots = [codes[start : start + size] for start in range(0, 2 * LOTS * size, size)]
        seconds = [0.0, 0.0]
        for number, lot in enumerate(lots):
            who = (number + number // 2) % 2  # ours and theirs in the order 0 1 1 0 0 1 1 0
            seconds[who] += (theirs, ours)[who](lot)
        count = LOTS * size * each
        self.rows.append((name, count / seconds[0], count / seconds[1]))
        print(f"{name}: ceiling {count / seconds[0]:.1f}/s, ours {count / seconds[1]:.1f}/s", flush=True)

    def _codes(self, number: int) -> list[str]:
        from ocop_sync.publish.models import Publication  # noqa: PLC0415

        listed = Publication.objects.filter(is_published=True).order_by("code")
        return list(listed.values_list("code", flat=True)[:number])

    def _post(self, query: str, variables: dict[str, Any]) -> None:
        body = {"query": query, "variables": variables}
        self.ceiling.http.post(self.ceiling.url, json=body).raise_for_status()


def be_the_publisher() -> None:
    """Publish the codes of each line of the standard input; answer with the report."""
    from ocop_sync.publish.services import publish_codes  # noqa: PLC0415

    for line in sys.stdin:
        print(json.dumps(publish_codes(json.loads(line)).as_dict()), flush=True)


def publish_in_a_process() -> tuple[dict[str, Any], int]:
    """`./chosao publish --json` as it is: its report, and its peak memory in kilobytes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "deploy.cli", "publish", "--json"], cwd=ROOT, stdout=subprocess.PIPE, stderr=sys.stderr
    )
    assert process.stdout
    told = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    if not told:
        sys.exit(f"the publisher ended with {status}")
    return json.loads(told), used.ru_maxrss


def _no_app() -> Any:
    sys.exit("the token in SALEOR_APP_TOKEN is not an app's")


if __name__ == "__main__":
    main()
