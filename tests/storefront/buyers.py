"""Buyers as processes of their own, for the test of fifty: `python -m tests.storefront.buyers prepare|buy|count …`."""

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()  # this module is only ever a process of its own

from django.db import connection  # noqa: E402

from catalog.errors import ShopError  # noqa: E402
from catalog.offers.models import Offer  # noqa: E402
from catalog.saleor.client import client  # noqa: E402
from catalog.saleor.setup import ensure_setup  # noqa: E402
from storefront.basket.models import Basket, BasketBox, BasketLine  # noqa: E402
from storefront.orders.models import Order  # noqa: E402
from tests.factories import make_combo  # noqa: E402
from tests.storefront.world import basket_with, box_at, on_sale, open_point, order, with_boxes  # noqa: E402

TRIES = 6  # a buyer who reads that ordering is paused, or still going on, clicks again


def prepare(buyers: int, pieces: int) -> dict[str, object]:
    """One pack size with so many pieces, and a basket with one of them for each buyer."""

    ensure_setup(client())
    offer = on_sale(price=100_000, store=pieces)
    return {"baskets": [basket_with((offer, 1)).pk for _ in range(buyers)], "offer": offer.pk}


def prepare_boxes(buyers: int, boxes: int) -> dict[str, object]:
    """Pieces for so many boxes of two, which cost a different đồng each, and a basket with one box for each buyer."""
    ensure_setup(client())
    offer = on_sale(price=100_001, store=2 * boxes)
    combo = make_combo((offer, 2), packaging=box_at(open_point(), stock=buyers), percent=7)
    return {"baskets": [with_boxes(combo).pk for _ in range(buyers)], "offer": offer.pk}


def buy(keys: list[int]) -> Counter[str]:
    """Every one of these baskets is ordered at once, when a line comes on standard input."""
    with ThreadPoolExecutor(len(keys)) as pool:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        return Counter(pool.map(_buy, keys))


def _buy(key: int) -> str:

    outcome = ""
    try:
        for _ in range(TRIES):
            try:
                order(Basket.objects.get(pk=key))
            except ShopError as error:
                outcome = error.code
                if outcome not in ("ordering_paused", "order_in_progress"):
                    return outcome
            else:
                return "ordered"
    finally:
        connection.close()
    return outcome


def count(offer: int) -> dict[str, object]:
    """What is left, here and in Saleor."""

    found = Offer.objects.get(pk=offer)
    told = client().variant(external_reference=found.external_reference).product_variant
    assert told
    page = client().orders(first=100).orders
    assert page
    return {
        "orders": Order.objects.count(),
        "orders_in_saleor": len(page.edges),
        "stock": [[stock.quantity, stock.quantity_allocated] for stock in told.stocks or ()],
        "available": [stock.available for stock in found.stocks.all()],
        "baskets_kept": BasketLine.objects.count() + BasketBox.objects.count(),
    }


def main(command: str, *numbers: str) -> None:
    """Run one command; one line of JSON."""
    given = [int(number) for number in numbers]
    done = {
        "prepare": lambda: prepare(*given),
        "prepare-boxes": lambda: prepare_boxes(*given),
        "buy": lambda: buy(given),
        "count": lambda: count(*given),
    }[command]
    sys.stdout.write(json.dumps(done()) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
