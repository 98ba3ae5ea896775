"""Five hundred buyers press "order" at once for a hundred pieces: `./chosao bench flood [--buyers N] [--pieces N]`.

Opens a whole shop with `./chosao up` in a folder of its own (web: two processes; the embedded Saleor), fills a basket
for each buyer, and lets all of them press at the same moment. Who is told that many are ordering presses again after
the time that the answer names. Prints how long answers took, who got a piece, and who used the processor meanwhile,
this program included. Ends with 1 unless exactly the pieces were sold and all others were told that it is sold out.
"""

import argparse
import os
import statistics
import sys
from collections import Counter
from dataclasses import dataclass
from typing import Any

from deploy.bench._crowd import Buyer, crowd, flood
from deploy.bench._processor import used
from deploy.bench._shop import UNSET, Shop, on_sale, open_shop

LONGEST = 180.0  # seconds that a buyer keeps pressing
WANTED = 3.0  # seconds for an answer


@dataclass
class Counts:
    """What was sold, here and in Saleor."""

    orders: int
    twice: int
    pieces: int
    allotted: int


def main() -> None:
    """Open, fill, flood, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--buyers", type=int, default=500)
    parser.add_argument("--pieces", type=int, default=100)
    arguments = parser.parse_args()
    with open_shop() as shop:
        product, offer = prepare(shop, arguments.pieces)
        print(f"{arguments.buyers} buyers fill their baskets, {arguments.pieces} pieces of {offer}", flush=True)
        buyers = crowd(shop.url, arguments.buyers, product, offer)
        before = used(shop.home)
        seconds = flood(buyers, LONGEST)
        spent = used(shop.home) - before
        counted = count(offer)
        show(buyers, seconds, spent, counted)
    told = Counter(buyer.outcome for buyer in buyers)
    sold = min(arguments.buyers, arguments.pieces)
    right = told == Counter({"ordered": sold, "sold out": arguments.buyers - sold})
    sys.exit(0 if right and counted == Counts(sold, 0, sold, sold) else 1)


def prepare(shop: Shop, pieces: int) -> tuple[str, str]:
    """The address of a product and the reference of its offer, with so many pieces in its producer's store alone."""
    for name in UNSET:
        os.environ.pop(name, None)
    host, _, port = shop.url.rpartition(":")
    os.environ |= {
        "CHOSAO_HOME": str(shop.home), "CHOSAO_PUBLIC_URL": shop.url, "DJANGO_SETTINGS_MODULE": "deploy.settings",
        "SALEOR_API_URL": f"{host}:{int(port) + 1}/graphql/",
    }  # fmt: skip
    import django  # noqa: PLC0415

    django.setup()
    from catalog.offers.models import Offer  # noqa: PLC0415
    from catalog.offers.services import set_stock  # noqa: PLC0415

    address = on_sale(shop, 1)[0]
    offer = Offer.objects.filter(product__code=address.strip("/").rpartition("-")[2]).order_by("number")[0]
    for stock in offer.stocks.select_related("warehouse"):
        set_stock(offer, stock.warehouse, pieces if stock.warehouse.producer_id else 0)
    return address, offer.external_reference


def count(reference: str) -> Counts:
    """Orders, baskets with more than one, pieces in them, pieces that Saleor promised."""
    from django.db.models import Count, Sum  # noqa: PLC0415

    from catalog.saleor.client import client  # noqa: PLC0415
    from storefront.checkout.models import CheckoutAttempt  # noqa: PLC0415
    from storefront.orders.models import OrderLine  # noqa: PLC0415

    done = CheckoutAttempt.objects.filter(order__isnull=False)
    twice = done.values("basket").annotate(n=Count("pk")).filter(n__gt=1).count()
    pieces = OrderLine.objects.aggregate(n=Sum("quantity"))["n"] or 0
    variant = client().variant(external_reference=reference).product_variant
    assert variant
    return Counts(done.count(), twice, pieces, sum(stock.quantity_allocated for stock in variant.stocks or ()))


def show(buyers: list[Buyer], seconds: float, spent: Counter[str], counted: Counts) -> None:
    """The figures."""
    answers = [answer for buyer in buyers for answer in buyer.answers]
    print(f"all knew after {seconds:.1f} s; {len(answers)} answers to {len(buyers)} buyers")
    for name, took in _kinds(buyers).items():
        late = sum(one > WANTED for one in took)
        print(f"  {name:<10} {len(took):>5}  {_spread(took)}  {late} over {WANTED:.0f} s")
    presses = [len(buyer.answers) for buyer in buyers]
    print(f"presses a buyer: median {statistics.median(presses):.0f}, most {max(presses)}")
    waited = [buyer for buyer in buyers if len(buyer.answers) > 1]
    print(f"told to wait: {len(waited)}, of these {sum(one.outcome == 'ordered' for one in waited)} got a piece")
    print(", ".join(f"{count} × {told}" for told, count in Counter(buyer.outcome for buyer in buyers).most_common()))
    print(f"{counted}")
    shares = {name: spent[name] for name in spent if name != "machine"}
    others = spent["machine"] - sum(shares.values())
    told = [f"{name} {took:.1f} s" for name, took in Counter(shares).most_common() if took > 0.05]
    print(f"processor: {', '.join(told)}; others {others:.1f} s; of {seconds * (os.cpu_count() or 1):.1f} s")
    if counted.orders:
        each = 1000 * (shares["web"] + shares["api"]) / counted.orders
        print(f"processor an order, waits and refusals included: {each:.0f} ms")


def _kinds(buyers: list[Buyer]) -> dict[str, list[float]]:
    kinds: dict[str, list[Any]] = {"wait": [], "ordered": [], "sold out": [], "other": []}
    for buyer in buyers:
        *waits, last = buyer.answers
        kinds["wait"] += [one.seconds for one in waits]
        kinds[buyer.outcome if buyer.outcome in kinds else "other"].append(last.seconds)
    return {name: took for name, took in kinds.items() if took}


def _spread(took: list[float]) -> str:
    ordered = sorted(took)
    p50, p95, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99))
    return f"p50 {p50:5.2f}  p95 {p95:5.2f}  p99 {p99:5.2f}  max {ordered[-1]:5.2f} s"


if __name__ == "__main__":
    main()
