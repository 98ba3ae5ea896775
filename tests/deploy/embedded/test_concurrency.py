"""Stock is never oversold: real processes, on SQLite and on PostgreSQL."""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.databases import own_database
from tests.deploy.embedded.shop import COMPLETE, FULFILL, Shop, set_up
from tests.embedded_server import running_server
from tests.side_by_side import VENDORS

CANCEL = "mutation($id:ID!){orderCancel(id:$id){order{status} errors{code}}}"


@pytest.fixture(scope="module", params=VENDORS)
def busy(request: pytest.FixtureRequest) -> Iterator[Shop]:
    """A shop whose server has two worker processes."""
    if request.param == "sqlite":
        with running_server(workers=2) as server:
            yield set_up(server)
        return
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("DATABASE_URL does not name a PostgreSQL server")
    with own_database(address) as own, running_server(own, workers=2) as server:
        yield set_up(server)


def all_at_once(shop: Shop, checkouts: list[str]) -> list[dict]:
    """Complete all of these at the same time; the answers in their order."""
    with ThreadPoolExecutor(len(checkouts)) as pool:
        return list(pool.map(lambda key: shop.run(COMPLETE, token=None, id=key), checkouts))


def test_fifty_buyers_of_ten_pieces(busy: Shop) -> None:
    variant = busy.product("muoi", 10)["variant"]
    checkouts = [busy.checkout(variant) for _ in range(50)]

    answers = all_at_once(busy, checkouts)

    codes = Counter("order" if a["order"] else a["errors"][0]["code"] for a in answers)
    assert codes == {"order": 10, "INSUFFICIENT_STOCK": 40}
    assert len({a["order"]["number"] for a in answers if a["order"]}) == 10
    assert busy.stock(variant) == [(10, 10)]


def test_two_buyers_of_the_last_piece_that_is_then_given_back(busy: Shop) -> None:
    variant = busy.product("mot", 1)["variant"]
    first, second = busy.checkout(variant), busy.checkout(variant)

    won = next(a for a in all_at_once(busy, [first, second]) if a["order"])
    assert busy.stock(variant) == [(1, 1)]
    with ThreadPoolExecutor(4) as pool:
        cancelled = list(pool.map(lambda _: busy.run(CANCEL, id=won["order"]["id"]), range(4)))

    assert sorted(len(a["errors"]) for a in cancelled) == [0, 1, 1, 1]
    assert busy.stock(variant) == [(1, 0)]


def test_one_checkout_completed_ten_times_at_once_is_one_order(busy: Shop) -> None:
    variant = busy.product("ca-chua", 10)["variant"]
    checkout = busy.checkout(variant, 2)

    answers = all_at_once(busy, [checkout] * 10)

    assert [a["errors"] for a in answers] == [[]] * 10
    assert len({a["order"]["id"] for a in answers}) == 1
    assert busy.stock(variant) == [(10, 2)]


def test_an_order_handed_over_twice_at_once_leaves_once(busy: Shop) -> None:
    variant = busy.product("hat-dieu", 10)["variant"]
    order = busy.run(COMPLETE, id=busy.checkout(variant, 3))["order"]
    pieces = {"orderLineId": order["lines"][0]["id"], "stocks": [{"warehouse": busy.main, "quantity": 3}]}

    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda _: busy.run(FULFILL, order=order["id"], input={"lines": [pieces]}), range(4)))

    assert sorted(e["code"] for a in given for e in a["errors"]) == ["FULFILL_ORDER_LINE"] * 3
    assert busy.stock(variant) == [(7, 0)]


def test_crossing_baskets_do_not_lock_each_other_out(busy: Shop) -> None:
    left, right = busy.product("trai", 20)["variant"], busy.product("phai", 20)["variant"]
    lines = [{"variantId": left, "quantity": 1}, {"variantId": right, "quantity": 1}]
    checkouts = [busy.checkout(left, lines=lines[::way]) for way in [1, -1] * 10]

    answers = all_at_once(busy, checkouts)

    assert [a["errors"] for a in answers] == [[]] * 20
    assert (busy.stock(left), busy.stock(right)) == ([(20, 20)], [(20, 20)])
