"""Lines of their own: one variant at several prices, each line under our name for it."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from catalog.saleor.client import SaleorRefused
from catalog.saleor.generated.fragments import CheckoutFields, VariantFields
from catalog.saleor.setup import SHIPPING
from catalog.saleor.turns import in_turn
from storefront.checkout import saleor
from storefront.checkout.saleor import SaleorOrder, Wanted
from tests.contract.shop import BUYER, Shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_home")]
NEAR = SHIPPING["noi-tinh"]


def opened(*lines: Wanted) -> CheckoutFields:
    """A checkout to be sent."""
    return saleor.open_checkout(lines, email="an@example.com", billing=BUYER, shipping=BUYER)


def quoted(*lines: Wanted) -> saleor.Quote:
    """What they cost, sent within the province."""
    quote = saleor.send_by(opened(*lines), NEAR.name)
    assert quote
    return quote


def told(order: SaleorOrder) -> dict[str, tuple[str, int, int, int]]:
    """By key: reference, pieces, đồng a piece, đồng in all."""
    return {line.key: (line.reference, line.quantity, line.unit_price, line.total) for line in order.lines}


def reference_of(variant: VariantFields) -> str:
    """Its external reference."""
    return variant.external_reference or ""


def test_one_variant_at_two_prices_and_loose(shop: Shop) -> None:
    variant = shop.variant(price=50_000, stocks={shop.store_id: 10})
    reference = reference_of(variant)
    lines = [
        Wanted(reference, 2, "box:1", 41_000),
        Wanted(reference, 1, "box:2", 33_667),
        Wanted(reference, 3, reference),
    ]

    quote = quoted(*lines)
    order = saleor.complete(quote.checkout_id)

    goods = 2 * 41_000 + 33_667 + 3 * 50_000
    assert (quote.subtotal, quote.shipping, quote.total) == (goods, NEAR.price, goods + NEAR.price)
    assert (order.subtotal, order.shipping, order.total) == (goods, NEAR.price, goods + NEAR.price)
    assert told(order) == {
        "box:1": (reference, 2, 41_000, 82_000),
        "box:2": (reference, 1, 33_667, 33_667),
        reference: (reference, 3, 50_000, 150_000),
    }
    assert shop.stock(variant) == {shop.store: (10, 6)}


def test_lines_add_up_to_the_dong_whatever_the_prices(shop: Shop) -> None:
    variant = shop.variant(price=100_000, stocks={shop.store_id: 100})
    reference = reference_of(variant)
    lines = [Wanted(reference, n, f"{n}", 1_000 + secrets.randbelow(500_000)) for n in (1, 2, 3, 5, 7, 9)]
    goods = sum(line.quantity * (line.price or 0) for line in lines)

    quote = quoted(*lines)
    order = saleor.complete(quote.checkout_id)

    assert (quote.subtotal, order.subtotal) == (goods, goods)
    assert sum(line.total for line in order.lines) == goods
    assert {line.key: line.unit_price for line in order.lines} == {line.key: line.price for line in lines}


def test_a_price_of_nothing_is_a_price(shop: Shop) -> None:
    reference = reference_of(shop.variant(price=50_000))

    order = saleor.complete(quoted(Wanted(reference, 1, "gift", 0), Wanted(reference, 1, "paid")).checkout_id)

    assert {line.key: line.total for line in order.lines} == {"gift": 0, "paid": 50_000}


def test_the_last_pieces_wanted_by_several_lines_are_refused_together(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 3})
    reference = reference_of(variant)

    with pytest.raises(SaleorRefused) as refused:
        opened(Wanted(reference, 2, "box", 41_000), Wanted(reference, 2, reference))

    assert refused.value.codes == {"INSUFFICIENT_STOCK"}
    assert shop.stock(variant) == {shop.store: (3, 0)}


def test_pieces_sold_meanwhile_are_counted_over_all_lines(shop: Shop) -> None:
    """Saleor 3.23 itself would take this order, and hold four pieces of three."""
    variant, other = shop.variant(stocks={shop.store_id: 4}), shop.variant(stocks={shop.store_id: 4})
    reference, another = reference_of(variant), reference_of(other)
    quote = quoted(Wanted(reference, 2, "box", 41_000), Wanted(reference, 2, reference), Wanted(another, 1, another))
    shop.order(shop.with_delivery((variant, 1)))

    with pytest.raises(SaleorRefused) as refused:
        saleor.require_pieces({reference: 4, another: 1}, None)

    assert [(one.code, one.variants) for one in refused.value.refusals] == [("INSUFFICIENT_STOCK", (variant.id,))]
    saleor.require_pieces({reference: 3, another: 4}, None)
    assert saleor.void(quote.checkout_id)
    assert shop.stock(variant) == {shop.store: (4, 1)}


def test_a_server_by_itself_sells_the_same_piece_to_two_lines(shop: Shop) -> None:
    """Why `require_pieces` is asked first: where this test fails, Saleor has begun to count for itself."""
    variant = shop.variant(stocks={shop.store_id: 4})
    reference = reference_of(variant)
    quote = quoted(Wanted(reference, 2, "box", 41_000), Wanted(reference, 2, reference))
    shop.order(shop.with_delivery((variant, 1)))

    order = saleor.complete(quote.checkout_id)

    assert shop.stock(variant) == {shop.store: (4, 5)}
    saleor.cancel(order.id)
    assert shop.stock(variant) == {shop.store: (4, 1)}


def test_pieces_are_counted_where_the_order_takes_them(shop: Shop) -> None:
    reference = reference_of(shop.variant(stocks={shop.store_id: 2, shop.shelf_id: 5}))

    saleor.require_pieces({reference: 2}, None)
    saleor.require_pieces({reference: 5}, shop.shelf)
    for pieces, shelf in ((3, None), (6, shop.shelf), (1, "point-nowhere")):
        with pytest.raises(SaleorRefused):
            saleor.require_pieces({reference: pieces}, shelf)


@pytest.mark.django_db(transaction=True)
def test_several_lines_at_once_for_few_pieces(shop: Shop) -> None:
    """Five boxes with two lines of one piece each, at once, for five pieces: two are sold."""
    variant = shop.variant(stocks={shop.store_id: 5})
    reference = reference_of(variant)
    lines = (Wanted(reference, 1, "dear", 41_001), Wanted(reference, 1, "cheap", 41_000))
    checkouts = [quoted(*lines).checkout_id for _ in range(5)]

    def buy(checkout_id: str) -> str:
        try:
            with in_turn([reference]):
                saleor.require_pieces({reference: 2}, None)
                saleor.complete(checkout_id)
        except SaleorRefused as refused:
            return "".join(refused.codes)
        finally:
            connection.close()
        return "sold"

    with ThreadPoolExecutor(5) as pool:
        results = sorted(pool.map(buy, checkouts))

    assert results == ["INSUFFICIENT_STOCK"] * 3 + ["sold"] * 2
    assert shop.stock(variant) == {shop.store: (5, 4)}


def test_completing_twice_gives_the_same_lines(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 9})
    reference = reference_of(variant)
    quote = quoted(Wanted(reference, 2, "box", 41_000), Wanted(reference, 1, reference))

    first, second = saleor.complete(quote.checkout_id), saleor.complete(quote.checkout_id)

    assert (first.id, first.lines) == (second.id, second.lines)
    assert saleor.fetch_order(first.id) == first
    assert shop.stock(variant) == {shop.store: (9, 3)}


def test_all_lines_or_none(shop: Shop) -> None:
    there, gone = shop.variant(stocks={shop.store_id: 5}), shop.variant(stocks={shop.store_id: 1})
    quote = quoted(
        Wanted(reference_of(there), 1, "a", 10_000), Wanted(reference_of(there), 1, "b", 10_001),
        Wanted(reference_of(gone), 1, "c", 10_000),
    )  # fmt: skip
    shop.order(shop.with_delivery((gone, 1)))

    with pytest.raises(SaleorRefused) as refused:
        saleor.complete(quote.checkout_id)

    assert [one.variants for one in refused.value.refusals] == [(gone.id,)]
    assert shop.stock(there) == {shop.store: (5, 0)}
    assert shop.stock(gone) == {shop.store: (1, 1)}


def test_a_quoted_price_holds_while_the_catalogues_changes(shop: Shop) -> None:
    variant = shop.variant(price=50_000)
    reference = reference_of(variant)
    quote = quoted(Wanted(reference, 1, "box", 41_000), Wanted(reference, 2, reference))
    shop.set_price(variant, 60_000)

    order = saleor.complete(quote.checkout_id)

    assert order.total == quote.total
    assert {line.key: line.unit_price for line in order.lines} == {"box": 41_000, reference: 50_000}
    assert quoted(Wanted(reference, 2, reference)).subtotal == 120_000


def test_a_cancelled_order_gives_back_what_every_line_held(shop: Shop) -> None:
    variant = shop.variant(stocks={shop.store_id: 9})
    reference = reference_of(variant)
    order = saleor.complete(quoted(Wanted(reference, 2, "box", 41_000), Wanted(reference, 1, reference)).checkout_id)

    saleor.cancel(order.id)

    assert shop.stock(variant) == {shop.store: (9, 0)}


def test_every_line_is_handed_over_from_the_shelf_it_was_allotted(shop: Shop) -> None:
    variant = shop.variant(price=50_000, stocks={shop.shelf_id: 9})
    reference = reference_of(variant)
    lines = (Wanted(reference, 2, "box", 41_000), Wanted(reference, 1, reference))
    checkout = saleor.open_checkout(lines, email="an@example.com", billing=BUYER, shipping=None)
    quote = saleor.collect_at(checkout, shop.shelf)
    assert quote
    order = saleor.complete(quote.checkout_id)
    assert {line.key: line.shelves for line in order.lines} == {
        "box": (saleor.Shelf(shop.shelf_id, shop.shelf, 2),),
        reference: (saleor.Shelf(shop.shelf_id, shop.shelf, 1),),
    }

    saleor.mark_paid(order.id, "CASH-1")
    saleor.fulfil(order)

    assert shop.stock(variant) == {shop.shelf: (6, 0)}
    now = saleor.fetch_order(order.id)
    assert now
    assert (now.status, [line.to_fulfill for line in now.lines]) == ("FULFILLED", [0, 0])


def test_a_server_by_itself_goes_on_promising_what_one_of_two_lines_handed_over(shop: Shop) -> None:
    """Why `fulfil` tells of lines of one variant one after the other."""
    variant = shop.variant(price=50_000, stocks={shop.shelf_id: 9})
    reference = reference_of(variant)
    lines = (Wanted(reference, 2, "box", 41_000), Wanted(reference, 1, reference))
    checkout = saleor.open_checkout(lines, email="an@example.com", billing=BUYER, shipping=None)
    quote = saleor.collect_at(checkout, shop.shelf)
    assert quote
    told = shop.order_of(saleor.complete(quote.checkout_id).id)
    shop.pay(told)

    shop.fulfil(told, shop.shelf_id)

    assert shop.stock(variant) == {shop.shelf: (6, 1)}
