"""Four mutations in one document, and what the publisher relies on when it compares."""

from datetime import date
from typing import Any

from catalog.offers.bulk import send_prices, send_stocks
from catalog.offers.services import state_of
from catalog.saleor.several import Result
from ocop_sync.publish import sending
from ocop_sync.publish.payload import content_hash, expected, held
from tests.contract.shop import Shop, fresh

FACTS: dict[str, Any] = {
    "name": "Cà phê Cầu Đất",
    "service": False,
    "set_no": 13,
    "branch": 2,
    "star": 4,
    "province": "68",
    "commune": "Phường Xuân Trường - Đà Lạt",
    "certificate": "123/QĐ-UBND · UBND tỉnh Lâm Đồng",
    "valid_until": date(2029, 8, 5).isoformat(),
    "producer": "Hợp tác xã Cầu Đất",
}


def facts(reference: str, **others: Any) -> dict[str, Any]:
    """What the publisher knows of a product."""
    return {**FACTS, "external_reference": reference, "slug": f"ca-phe-{reference}".lower(), **others}


def made(shop: Shop, count: int) -> list[dict[str, Any]]:
    """New products, and their facts."""
    new = [facts(fresh("P")) for _ in range(count)]
    assert [one.result for one in sending.create(shop.api, new)] == [Result.DONE] * count
    return new


def found(shop: Shop, one: dict[str, Any]) -> Any:
    """The product in Saleor."""
    product = sending.find(shop.api, one["external_reference"])
    assert product
    return product


def test_a_product_reads_back_as_it_was_told(shop: Shop) -> None:
    [new] = made(shop, 1)

    product = found(shop, new)
    assert held(product) == expected(new)
    assert product.hash == content_hash(new)
    assert sending.is_published(product)


def test_four_products_are_changed_at_once_and_what_is_not_known_is_cleared(shop: Shop) -> None:
    old = made(shop, 4)
    told = [
        old[0] | {"name": "Tên mới", "star": 5},
        old[1] | {"set_no": None, "branch": 6},
        old[2] | {"commune": "", "certificate": ""},
        old[3] | {"valid_until": "", "province": "79"},
    ]

    assert [one.result for one in sending.update(shop.api, told)] == [Result.DONE] * 4
    for one in told:
        assert held(found(shop, one)) == expected(one)


def test_fewer_than_four_leave_the_others_alone(shop: Shop) -> None:
    old = made(shop, 2)

    assert len(sending.update(shop.api, [old[0] | {"name": "Tên mới"}])) == 1
    assert [found(shop, one).name for one in old] == ["Tên mới", FACTS["name"]]


def test_one_that_is_refused_leaves_the_others_alone(shop: Shop) -> None:
    old = made(shop, 3)
    told = [
        old[0] | {"name": "Tên mới"},
        old[1] | {"slug": old[0]["slug"]},
        facts(fresh("P")),
        old[2] | {"name": "Tên mới"},
    ]

    assert [one.result for one in sending.update(shop.api, told)] == [
        Result.DONE, Result.TAKEN, Result.GONE, Result.DONE,
    ]  # fmt: skip
    assert [found(shop, old[n]).name for n in (0, 2)] == ["Tên mới"] * 2


def test_a_row_that_is_there_already_is_told_apart(shop: Shop) -> None:
    [known] = made(shop, 1)

    outcomes = sending.create(shop.api, [known, facts(fresh("P"))])

    assert [one.result for one in outcomes] == [Result.TAKEN, Result.DONE]
    assert outcomes[1].saleor_id


def test_products_leave_the_shelf_and_return_together(shop: Shop) -> None:
    products = [found(shop, one) for one in made(shop, 3)]
    ids = [product.id for product in products]

    assert [one.result for one in sending.list_products(shop.api, ids, published=False)] == [Result.DONE] * 3
    assert not any(sending.is_published(sending.find(shop.api, p.external_reference)) for p in products)

    nobody = "UHJvZHVjdDo5OTk5OTk5OTk="
    outcomes = sending.list_products(shop.api, [ids[0], nobody, ids[1]], published=True)
    assert [one.result for one in outcomes] == [Result.DONE, Result.GONE, Result.DONE]
    shown = [sending.is_published(sending.find(shop.api, p.external_reference)) for p in products]
    assert shown == [True, True, False]


def test_prices_and_stocks_of_many(shop: Shop) -> None:
    variants = [shop.variant(stocks={shop.store_id: 10}) for _ in range(5)]
    references = [str(variant.external_reference) for variant in variants]

    refused = send_prices(shop.api, {**dict.fromkeys(references, 123_000), f"{fresh('P')}-1": 1_000})
    assert len(refused) == 1
    assert not send_stocks(shop.api, [(reference, shop.store, 7) for reference in references])

    for reference in references:
        state = state_of(shop.read_variant(reference))
        assert (state.price, [(s.warehouse, s.quantity) for s in state.stocks]) == (123_000, [(shop.store, 7)])


def test_a_stock_row_that_names_nobody_is_refused_alone_wherever_it_stands(shop: Shop) -> None:
    reference = str(shop.variant(stocks={shop.store_id: 10}).external_reference)
    nobody = f"{fresh('P')}-1"

    for rows in ([(nobody, shop.store, 1), (reference, shop.store, 3)], [(reference, shop.store, 4), (nobody, "x", 1)]):
        assert set(send_stocks(shop.api, rows)) == {nobody}
    assert shop.stock(shop.read_variant(reference)) == {shop.store: (4, 0)}
