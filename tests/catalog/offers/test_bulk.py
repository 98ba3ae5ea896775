"""Many offers at once: what differs is sent, what is refused is told, a repeat sends nothing."""

from typing import Any

import pytest

from catalog.offers import bulk
from catalog.offers.bulk import WantedOffer, put_offers
from catalog.offers.models import Offer
from catalog.offers.services import state_of
from catalog.saleor.client import client
from catalog.salepoints.models import Warehouse
from tests.factories import make_product, make_warehouse
from tests.storefront.world import open_point, publish, store_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("saleor")]


def wanted(count: int, **facts: Any) -> list[WantedOffer]:
    """Offers of published products of one producer, ten pieces each in its store."""
    products = [make_product() for _ in range(count)]
    store = store_of(products[0].producer)
    for product in products:
        publish(product)
    usual: dict[str, Any] = {"name": "Gói 500 g", "price": 100_000, "weight": 500, "stocks": {store: 10}}
    return [WantedOffer(product, 1, **{**usual, **facts}) for product in products]


def again(offers: list[WantedOffer], **facts: Any) -> list[WantedOffer]:
    """The same offers, otherwise."""
    return [
        WantedOffer(o.product, o.number, **{"name": o.name, "price": o.price, "weight": o.weight, "stocks": o.stocks}
                    | facts)
        for o in offers
    ]  # fmt: skip


def held(reference: str) -> tuple[str, int | None, int, dict[str, int]]:
    """Name, price, weight and pieces in Saleor."""
    variant = client().variant(external_reference=reference).product_variant
    assert variant
    state = state_of(variant)
    return state.name, state.price, state.weight, {s.warehouse: s.quantity for s in state.stocks}


def mirrored(reference: str) -> tuple[int, int]:
    """Price and pieces in our read model."""
    code, _, number = reference.rpartition("-")
    offer = Offer.objects.get(product__code=code, number=number)
    return offer.price, sum(stock.available for stock in offer.stocks.all())


def test_offers_are_made_changed_and_mirrored() -> None:
    offers = wanted(7)
    store = next(iter(offers[0].stocks))

    assert put_offers(offers).done == 7
    assert held(offers[0].reference) == ("Gói 500 g", 100_000, 500, {store.external_reference: 10})
    assert mirrored(offers[6].reference) == (100_000, 10)

    shelf = open_point().warehouse
    changed = again(offers, price=120_000, name="Hộp 500 g", weight=520, stocks={store: 4, shelf: 3})
    assert put_offers(changed).refused == {}
    for one in offers:
        told = ("Hộp 500 g", 120_000, 520, {store.external_reference: 4, shelf.external_reference: 3})
        assert held(one.reference) == told
        assert mirrored(one.reference) == (120_000, 7)


def test_packs_of_one_product_are_made_together() -> None:
    one = wanted(1)[0]
    other = WantedOffer(one.product, 2, name="Thùng", price=900_000, weight=5000, stocks=one.stocks)

    assert put_offers([one, other]).done == 2
    assert held(other.reference)[1] == 900_000


def test_a_repeat_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = wanted(3)
    put_offers(offers)
    sent: list[str] = []
    api = client()
    execute = type(api).execute

    def noting(self: Any, query: str, operation_name: str | None = None, *rest: Any, **more: Any) -> Any:
        sent.append(operation_name or "")
        return execute(self, query, operation_name, *rest, **more)

    monkeypatch.setattr(type(api), "execute", noting)
    assert put_offers(offers).done == 3
    assert set(sent) == {"Variants"}


def test_what_is_refused_is_told_and_the_others_go_on() -> None:
    offers = wanted(4)
    unlisted = make_product()
    unlisted.blocked = "suspended"
    unpublished = make_product(producer=offers[0].product.producer)
    rows = [
        *offers[:2],
        *again(offers[2:3], price=1),
        *again(offers[3:4], stocks={next(iter(offers[0].stocks)): -1}),
        *again([WantedOffer(unlisted, 1, "x", 100_000, 1, offers[0].stocks)]),
        WantedOffer(unpublished, 1, "x", 100_000, 1, offers[0].stocks),
    ]

    report = put_offers(rows)

    assert report.done == 2
    assert set(report.refused) == {row.reference for row in rows[2:]}
    assert not Offer.objects.filter(product=unlisted).exists()


def test_one_stock_row_that_saleor_stumbles_over_does_not_take_the_others_with_it() -> None:
    offers = wanted(3)
    put_offers(offers)
    rows = [(one.reference, next(iter(one.stocks)).external_reference, 5) for one in offers]
    nowhere = make_warehouse(producer=make_product().producer)

    refused = bulk.send_stocks(client(), [(rows[0][0], nowhere.external_reference, 5), *rows])

    assert set(refused) == {rows[0][0]}
    assert [held(row[0])[3][row[1]] for row in rows] == [5, 5, 5]
    assert Warehouse.objects.filter(pk=nowhere.pk).exists()
