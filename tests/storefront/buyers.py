"""Buyers as processes of their own, see `crew`: lines of JSON `[command, *arguments]` come in, their answers go out."""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

django.setup()  # this module is only ever a process of its own

from django.db import connection  # noqa: E402

from catalog.combos.models import PackagingStock  # noqa: E402
from catalog.errors import ShopError  # noqa: E402
from catalog.offers.models import Offer, OfferStock  # noqa: E402
from catalog.offers.services import refresh_variants  # noqa: E402
from catalog.saleor.client import client  # noqa: E402
from catalog.saleor.generated.input_types import StockInput  # noqa: E402
from catalog.saleor.setup import ensure_setup, warehouse_id  # noqa: E402
from catalog.salepoints.models import SalePoint  # noqa: E402
from storefront.basket.boxes import add_combo, add_own  # noqa: E402
from storefront.basket.models import Basket, BasketBox, BasketLine  # noqa: E402
from storefront.basket.services import add  # noqa: E402
from storefront.orders.models import Order  # noqa: E402
from tests.factories import make_combo  # noqa: E402
from tests.storefront.world import basket_with, box_at, gift, on_sale, open_point, order, with_boxes  # noqa: E402

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


def prepare_mixes() -> dict[str, Any]:
    """Two goods, two combos of them in one packaging, and another packaging for boxes of one's own."""
    ensure_setup(client())
    point = open_point()
    first, coffee, tea = gift(point)
    second = make_combo((coffee, 1), (tea, 2), packaging=first.packaging, percent=20)
    own = box_at(point)
    return {
        "point": point.pk, "coffee": coffee.external_reference, "tea": tea.external_reference,
        "box": first.packaging.external_reference, "own_box": own.external_reference,
        "first": first.code, "second": second.code, "own": own.code,
    }  # fmt: skip


def fill(world: dict[str, Any], mixes: list[dict[str, Any]]) -> list[int]:
    """A basket for each mix, made while there seems to be plenty of everything."""
    believe_in_plenty()
    return [_fill(world, mix).pk for mix in mixes]


def _fill(world: dict[str, Any], mix: dict[str, Any]) -> Basket:
    basket = None
    for combo in ("first", "second"):
        if mix[combo]:
            basket = add_combo(basket, world[combo], {}, mix[combo])
    if mix["own"]:
        basket = add_own(basket, world["own"], {world["coffee"]: 1, world["tea"]: 1}, mix["own"])
    for loose in ("coffee", "tea"):
        if mix[loose]:
            basket = add(basket, world[loose], mix[loose])
    assert basket
    return basket


def restock(pieces: dict[str, int], known: bool) -> None:
    """So many of each are free in each place, in Saleor; here too if that is `known`, else there seems to be plenty."""
    for reference, free in pieces.items():
        variant = client().variant(external_reference=reference).product_variant
        assert variant
        stocks = [
            StockInput(
                warehouse=warehouse_id(client(), str(one.warehouse.external_reference)),
                quantity=one.quantity_allocated + free,
            )
            for one in variant.stocks or ()
        ]
        client().set_variant_stocks(id=variant.id, stocks=stocks)
    refresh_variants(pieces)
    if not known:
        believe_in_plenty()


def believe_in_plenty() -> None:
    """Our copy has not heard of any order."""
    OfferStock.objects.update(quantity=99, reserved=0)
    PackagingStock.objects.update(quantity=99, reserved=0)


def free(references: list[str]) -> list[tuple[str, str, int]]:
    """(reference, warehouse, pieces on hand less those promised), in Saleor."""
    found = [client().variant(external_reference=reference).product_variant for reference in references]
    return [
        (str(variant.external_reference), str(one.warehouse.external_reference), one.quantity - one.quantity_allocated)
        for variant in found
        if variant
        for one in variant.stocks or ()
    ]


def buy(keys: list[int], points: list[int | None] | None = None) -> list[str]:
    """Order all these baskets at once, each to be sent or to be collected at its point; what became of each."""
    with ThreadPoolExecutor(len(keys)) as pool:
        return list(pool.map(_buy, keys, points or [None] * len(keys)))


def _buy(key: int, point: int | None) -> str:
    outcome = ""
    try:
        for _ in range(TRIES):
            try:
                order(Basket.objects.get(pk=key), SalePoint.objects.get(pk=point) if point else None)
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


COMMANDS: dict[str, Callable[..., object]] = {
    one.__name__: one for one in (prepare, prepare_boxes, prepare_mixes, fill, restock, free, buy, count)
}


def main() -> None:
    """Do what is told until nobody tells anything more."""
    _answer("ready")
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        _answer(COMMANDS[command](*arguments))


def _answer(told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
