"""The door for webhooks: what goes into the inbox, what is passed over, what is refused."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from catalog import clock
from catalog.saleor.models import InboxMessage
from catalog.saleor.setup import CHANNEL
from catalog.saleor.webhooks.inbox import process_inbox
from catalog.saleor.webhooks.registry import HANDLERS
from tests.catalog.saleor.webhooks.conftest import Deliver, order, product, variant
from tests.catalog.saleor.webhooks.signing import Signer

pytestmark = pytest.mark.django_db


def inbox() -> list[tuple[str, str]]:
    """Events and keys, oldest first."""
    return list(InboxMessage.objects.order_by("pk").values_list("event", "key"))


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (order(), ("OrderUpdated", "T3JkZXI6MQ==")),
        (order(name="OrderCreated"), ("OrderCreated", "T3JkZXI6MQ==")),
        (order(name="OrderConfirmed"), ("OrderConfirmed", "T3JkZXI6MQ==")),
        (variant(), ("ProductVariantUpdated", "ABCDEFG-1")),
        (variant(name="ProductVariantStockUpdated"), ("ProductVariantStockUpdated", "ABCDEFG-1")),
        (product(), ("ProductUpdated", "ABCDEFG")),
        (product(name="ProductDeleted", issuingPrincipal={}), ("ProductDeleted", "ABCDEFG")),
        (product(issuingPrincipal={"id": "QXBwOjI="}), ("ProductUpdated", "ABCDEFG")),
    ],
)
def test_a_delivery_is_kept_with_its_event_and_its_object(deliver: Deliver, told: dict, kept: tuple) -> None:
    assert deliver(told).status_code == 202

    message = InboxMessage.objects.get()
    assert (message.event, message.key) == kept
    assert message.issued_at.isoformat() == told["issuedAt"]
    assert (message.done_at, message.given_up_at, message.attempts) == (None, None, 0)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(variant(None), id="a variant without a reference"),
        pytest.param(variant(""), id="a variant with an empty one"),
        pytest.param(product(None), id="a product without a reference"),
        pytest.param(product(issuingPrincipal={"id": "QXBwOjE="}), id="our own publisher changed it"),
        pytest.param(order() | {"order": {"id": "x", "channel": {"slug": "another"}}}, id="another channel's order"),
        pytest.param(order(name="OrderFulfilled"), id="an event of an earlier subscription"),
    ],
)
def test_what_concerns_us_not_is_passed_over(deliver: Deliver, told: dict) -> None:
    assert deliver(told).status_code == 200
    assert inbox() == []


def test_a_variant_that_we_changed_ourselves_is_asked_for_all_the_same(deliver: Deliver) -> None:
    """Whoever changed it may have been killed before he mirrored the answer."""
    assert deliver(variant(issuingPrincipal={"id": "QXBwOjE="})).status_code == 202


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[]",
        b"null",
        b"{}",
        b'"\xff"',
        b"[" * 20_000,
        json.dumps(order() | {"issuedAt": "yesterday"}).encode(),
        json.dumps(order() | {"issuedAt": "2026-11-24T10:00:00"}).encode(),
        json.dumps(order() | {"order": None}).encode(),
        json.dumps(order() | {"order": {"id": 1, "channel": {"slug": CHANNEL}}}).encode(),
        json.dumps(order(key="x" * 101)).encode(),
        json.dumps({"errors": [{"message": "Internal Server Error"}]}).encode(),
    ],
)
def test_signed_nonsense_is_refused(deliver: Deliver, body: bytes) -> None:
    answer = deliver(body)

    assert (answer.status_code, inbox()) == (400, [])


@pytest.mark.parametrize(
    "headers",
    [
        {"Saleor-Signature": ""},
        {"Saleor-Signature": "a..b"},
        {"Saleor-Api-Url": ""},
        {"Saleor-Api-Url": "http://[::1"},
        {"Saleor-Api-Url": "https://saleor.example/graphql/"},
    ],
)
def test_what_is_not_from_our_saleor_is_refused(deliver: Deliver, headers: dict) -> None:
    answer = deliver(order(), **headers)

    assert (answer.status_code, inbox()) == (401, [])
    assert answer.content.decode() == "This message has no valid signature of the ordering system."


def test_a_signature_of_another_body_is_refused(deliver: Deliver, signer: Signer) -> None:
    answer = deliver(order("T3JkZXI6Mg=="), **{"Saleor-Signature": signer.sign(json.dumps(order()).encode())})

    assert (answer.status_code, inbox()) == (401, [])


def test_a_huge_body_is_refused(deliver: Deliver) -> None:
    told = deliver(order(padding="x" * 70_000))
    cut = deliver(order(padding="x" * 70_000), **{"Content-Length": "10"})

    assert (told.status_code, cut.status_code, inbox()) == (413, 401, [])


def test_a_get_is_no_delivery(client: Client) -> None:
    assert client.get("/hooks/saleor/").status_code == 405


def test_while_the_keys_cannot_be_had_saleor_shall_come_again(deliver: Deliver, signer: Signer) -> None:
    signer.silent = True

    assert (deliver(order()).status_code, inbox()) == (503, [])


def test_a_repeat_that_waits_is_one_message(deliver: Deliver) -> None:
    told = order()

    assert [deliver(told).status_code for _ in range(3)] == [202, 200, 200]
    assert inbox() == [("OrderUpdated", "T3JkZXI6MQ==")]


def test_a_repeat_after_the_work_is_worked_off_once_more(deliver: Deliver, monkeypatch) -> None:
    """Two changes in one request of Saleor's have the same body: the second may have come after we asked."""
    asked: list[list[str]] = []
    monkeypatch.setitem(HANDLERS, "OrderUpdated", lambda keys: asked.append(list(keys)))
    told = order()
    deliver(told)
    assert process_inbox() == 1

    assert deliver(told).status_code == 202
    assert process_inbox() == 1

    assert asked == [["T3JkZXI6MQ=="]] * 2
    assert InboxMessage.objects.count() == 1


def test_a_repeat_during_the_work_is_worked_off_once_more(deliver: Deliver, monkeypatch) -> None:
    told, asked = order(), []

    def handler(keys) -> None:
        asked.append(list(keys))
        if len(asked) == 1:
            assert deliver(told).status_code == 202

    monkeypatch.setitem(HANDLERS, "OrderUpdated", handler)
    deliver(told)

    process_inbox()
    assert InboxMessage.objects.waiting().count() == 1
    process_inbox()

    assert len(asked) == 2
    assert InboxMessage.objects.waiting().count() == 0


def test_an_old_delivery_that_somebody_kept_does_no_harm(deliver: Deliver, monkeypatch) -> None:
    """Its signature is true for ever; but it only makes us ask for what is so now."""
    asked: list[str] = []
    monkeypatch.setitem(HANDLERS, "OrderUpdated", asked.extend)
    long_ago = order(issuedAt=(clock.now() - timedelta(days=365)).isoformat())

    assert deliver(long_ago).status_code == 202
    process_inbox()

    assert asked == ["T3JkZXI6MQ=="]


def test_after_a_rotation_old_and_new_signatures_are_taken(deliver: Deliver, signer: Signer) -> None:
    signer.rotate(keep=True)
    first, second = list(signer.private)
    told = order()
    body = json.dumps(told).encode()
    signed = signer.sign(body)
    del signer.private[second]
    assert signer.kid == first

    assert deliver(order("T3JkZXI6Mg==")).status_code == 202
    assert deliver(body, **{"Saleor-Signature": signed}).status_code == 503, "a new key, a minute too early"
