"""Webhooks: what is told, how it is signed, and that nothing is lost."""

import sqlite3
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest
from cryptography.exceptions import InvalidSignature

from catalog.saleor.webhooks.errors import NotFromSaleor
from catalog.saleor.webhooks.signatures import AGAIN_AFTER, FRESH, KeyRing, verify
from tests.deploy.embedded.receiver import Posted, Receiver
from tests.deploy.embedded.shop import COMPLETE, FULFILL, Shop

pytestmark = pytest.mark.self_contained

CREATE = """mutation($input:WebhookCreateInput!){webhookCreate(input:$input){
 webhook{id targetUrl asyncEvents{eventType} subscriptionQuery} errors{field code message}}}"""
DELETE = "mutation($id:ID!){webhookDelete(id:$id){errors{code}}}"
PRODUCTS = "subscription { event { issuedAt version ... on ProductCreated { product { externalReference } } } }"
ORDERS = """subscription { event { __typename
 ... on OrderCreated { order { number status } } ... on OrderConfirmed { order { number status } }
 ... on OrderFullyPaid { order { number } } ... on OrderFulfilled { order { number } }
 ... on OrderUpdated { order { number } } ... on OrderCancelled { order { number } }
 ... on FulfillmentCreated { order { number } fulfillment { warehouse { slug } } }
 ... on ProductVariantOutOfStock { productVariant { sku } warehouse { slug } }
 ... on ProductVariantBackInStock { productVariant { sku } }
 ... on ProductVariantStockUpdated { productVariant { sku } warehouse { slug } } } }"""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        yield server


@pytest.fixture
def subscribe(shop: Shop, receiver: Receiver) -> Iterator:
    """Subscribe with a query; the webhook is gone when the test ends."""
    made = []

    def create(query: str) -> dict:
        answer = shop.run(CREATE, input={"name": "t", "targetUrl": receiver.url, "query": query})
        assert answer["errors"] == []
        made.append(answer["webhook"]["id"])
        return answer["webhook"]

    yield create
    for key in made:
        shop.run(DELETE, id=key)


def deliver(shop: Shop) -> None:
    """Send what is due, then stop."""
    shop.server.manage("send_webhooks", "--once")


def outbox(shop: Shop, sql: str) -> list[tuple]:
    """Look into the outbox, or change the clock of its rows."""
    with sqlite3.connect(shop.server.home / "embedded.sqlite3", timeout=30) as connection:
        return connection.execute(sql).fetchall()


def test_a_delivery_is_the_querys_result_and_signed(shop: Shop, receiver: Receiver, subscribe) -> None:
    webhook = subscribe(PRODUCTS)
    assert webhook["asyncEvents"] == [{"eventType": "PRODUCT_CREATED"}]

    shop.product("tra-shan", 1)
    deliver(shop)

    (posted,) = receiver.arrived(1)
    assert posted.payload["product"] == {"externalReference": "tra-shan"}
    assert (posted.payload["version"], set(posted.payload)) == ("3.23", {"issuedAt", "version", "product"})
    assert posted.event == "product_created"
    assert posted.headers["saleor-api-url"] == shop.server.url
    assert posted.headers["saleor-domain"] == shop.server.origin.removeprefix("http://")
    posted.verify(shop.server.origin)
    posted.body += b" "
    with pytest.raises(InvalidSignature):
        posted.verify(shop.server.origin)


def test_the_key_is_kept_and_only_its_owner_reads_it(shop: Shop) -> None:
    key = shop.server.home / "embedded_signing_key.pem"

    assert httpx.get(f"{shop.server.origin}/.well-known/jwks.json").status_code == 200  # made when first asked for
    assert key.stat().st_mode & 0o777 == 0o600


def test_what_an_order_tells(shop: Shop, receiver: Receiver, subscribe) -> None:
    variant = shop.product("cam-cao-phong", 1)["variant"]
    subscribe(ORDERS)

    order = shop.run(COMPLETE, id=shop.checkout(variant))["order"]
    shop.run('mutation($id:ID!){orderMarkAsPaid(id:$id,transactionReference:"COD"){errors{code}}}', id=order["id"])
    pieces = {"orderLineId": order["lines"][0]["id"], "stocks": [{"warehouse": shop.main, "quantity": 1}]}
    shop.run(FULFILL, order=order["id"], input={"lines": [pieces]})
    deliver(shop)

    told = Counter(posted.payload["__typename"] for posted in receiver.arrived(11))
    assert told == {
        "OrderCreated": 1,
        "OrderConfirmed": 1,
        "ProductVariantOutOfStock": 3,
        "ProductVariantBackInStock": 1,
        "OrderFullyPaid": 1,
        "OrderUpdated": 2,
        "FulfillmentCreated": 1,
        "OrderFulfilled": 1,
    }


def test_setting_stocks_in_bulk_tells_of_the_stock_only(shop: Shop, receiver: Receiver, subscribe) -> None:
    shop.product("che-thai", 5)
    subscribe(ORDERS)
    row = {"variantExternalReference": "che-thai-1", "warehouseExternalReference": "kho-ha-noi", "quantity": 0}

    shop.run("mutation($s:[StockBulkUpdateInput!]!){stockBulkUpdate(stocks:$s){count}}", s=[row])
    deliver(shop)

    (posted,) = receiver.arrived(1)
    assert posted.payload == {
        "__typename": "ProductVariantStockUpdated",
        "productVariant": {"sku": "che-thai-1"},
        "warehouse": {"slug": "kho-ha-noi"},
    }


def test_a_deleted_product_is_told_as_it_was(shop: Shop, receiver: Receiver, subscribe) -> None:
    product = shop.product("mat-ong", 1)
    subscribe("subscription { event { ... on ProductDeleted { product { id externalReference } } } }")

    shop.run("mutation($ids:[ID!]!){productBulkDelete(ids:$ids){count}}", ids=[product["id"]])
    deliver(shop)

    assert receiver.arrived(1)[0].payload == {"product": {"id": product["id"], "externalReference": "mat-ong"}}


def test_what_is_refused_changes_nothing_and_tells_nothing(shop: Shop, receiver: Receiver, subscribe) -> None:
    subscribe(PRODUCTS)

    answer = shop.server.post(
        'mutation{productBulkCreate(products:[{productType:"UHJvZHVjdFR5cGU6OTk5OQ==",name:"x"}]){count}}'
    )
    deliver(shop)

    assert (answer["data"]["productBulkCreate"]["count"], receiver.posted) == (0, [])


@pytest.mark.parametrize(("status", "kept"), [(500, "PENDING"), (404, "FAILED"), (302, "FAILED")])
def test_only_a_failing_receiver_is_asked_again(
    shop: Shop, receiver: Receiver, subscribe, status: int, kept: str
) -> None:
    subscribe(PRODUCTS)
    receiver.answers = [status, 200]
    shop.product(f"nuoc-mam-{status}", 1)

    deliver(shop)
    deliver(shop)

    assert len(receiver.posted) == 1, "a retry is due after ten seconds, not at once"
    last = "SELECT status, attempts FROM embedded_delivery ORDER BY id DESC LIMIT 1"
    assert outbox(shop, last) == [(kept, 1)]
    outbox(shop, "UPDATE embedded_delivery SET next_attempt = '2020-01-01 00:00:00'")
    deliver(shop)
    assert len(receiver.posted) == (2 if kept == "PENDING" else 1)
    assert outbox(shop, last) == [("SUCCESS", 2) if kept == "PENDING" else ("FAILED", 1)]


def test_what_a_killed_sender_held_is_sent_by_another(shop: Shop, receiver: Receiver, subscribe) -> None:
    subscribe(PRODUCTS)
    shop.product("banh-pia", 1)
    outbox(shop, "UPDATE embedded_delivery SET leased_until = '2999-01-01 00:00:00' WHERE status = 'PENDING'")

    deliver(shop)
    assert receiver.posted == [], "another sender holds it"
    outbox(shop, "UPDATE embedded_delivery SET leased_until = '2020-01-01 00:00:00' WHERE status = 'PENDING'")
    deliver(shop)

    assert [posted.event for posted in receiver.arrived(1)] == ["product_created"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription {", "SYNTAX"),
        ("query { shop { name } }", "MISSING_SUBSCRIPTION"),
        ("subscription { event { ... on OrderEvent { order { id } } } }", "GRAPHQL_ERROR"),
        ("subscription { event { ... on ProductCreated { product { nothing } } } }", "GRAPHQL_ERROR"),
        ("subscription { event { issuedAt } }", "UNABLE_TO_PARSE"),
    ],
)
def test_a_wrong_query_is_refused(shop: Shop, query: str, code: str) -> None:
    answer = shop.run(CREATE, input={"name": "t", "targetUrl": "http://127.0.0.1:99/", "query": query})

    assert (answer["webhook"], [(e["field"], e["code"]) for e in answer["errors"]]) == (None, [("query", code)])


def test_a_visitor_makes_no_webhook(shop: Shop) -> None:
    answer = shop.server.post(CREATE, {"input": {"targetUrl": "http://127.0.0.1:99/", "query": PRODUCTS}}, token=None)

    assert answer["errors"][0]["extensions"]["exception"]["code"] == "PermissionDenied"


class Clock:
    """Seconds that pass when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_signing_key_changes_while_senders_and_receivers_run(shop: Shop, receiver: Receiver, subscribe) -> None:
    """The old and the new key overlap; after the next change the oldest is withdrawn, and believed no more."""
    subscribe(PRODUCTS)
    address, clock = f"{shop.server.origin}/.well-known/jwks.json", Clock()
    keys = KeyRing(lambda: httpx.get(address).json(), clock)
    posted: list[Posted] = []

    def tell(name: str) -> Posted:
        shop.product(name, 1)
        posted.append(receiver.arrived(len(posted) + 1)[-1])
        return posted[-1]

    def check(one: Posted) -> None:
        verify(one.body, one.headers["saleor-signature"], keys)

    sender = shop.server.start_sender()
    try:
        first = tell("khoa-1")
        check(first)
        shop.server.manage("rotate_signing_key")
        clock.now += AGAIN_AFTER
        second = tell("khoa-2")
        check(second)
        check(first)
        assert len(httpx.get(address).json()["keys"]) == 2

        shop.server.manage("rotate_signing_key")
        clock.now += FRESH
        check(second)
        check(tell("khoa-3"))
        clock.now += AGAIN_AFTER
        with pytest.raises(NotFromSaleor):
            check(first)
    finally:
        sender.terminate()
        sender.wait(10)
    home = shop.server.home
    assert {path.stat().st_mode & 0o777 for path in home.glob("embedded_signing_key*")} == {0o600}
    assert len(list(home.glob("embedded_signing_key*"))) == 2, "no draft is left behind"


def test_an_event_says_which_app_caused_it(shop: Shop, receiver: Receiver, subscribe) -> None:
    variant = shop.product("ca-phe-buon-ho", 5)["variant"]
    who = "issuingPrincipal { ... on App { id name } } recipient { name }"
    subscribe(f"subscription {{ event {{ __typename {who} ... on ProductCreated {{ product {{ id }} }} "
              "... on OrderCreated { order { id } } } }")  # fmt: skip

    shop.product("ca-phe-krong", 1)
    checkout = shop.checkout(variant)
    shop.server.post(COMPLETE, {"id": checkout}, token=None)
    deliver(shop)

    told = {posted.payload["__typename"]: posted.payload["issuingPrincipal"] for posted in receiver.arrived(2)}
    assert told["ProductCreated"]["name"] == "tests"
    assert told["OrderCreated"] is None, "a visitor completed it"


def test_a_webhook_for_what_this_server_never_tells_is_refused(shop: Shop) -> None:
    facts = {"name": "t", "targetUrl": "http://127.0.0.1:99/", "query": PRODUCTS, "asyncEvents": ["MENU_CREATED"]}

    answer = shop.run(CREATE, input=facts)

    assert [(e["field"], e["code"]) for e in answer["errors"]] == [("asyncEvents", "INVALID")]
