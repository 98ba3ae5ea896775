"""Whatever the line between the shop and Saleor does, the day ends like the quiet one, on both sides."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from catalog.saleor.client import Saleor
from catalog.saleor.setup.changes import make
from catalog.saleor.setup.subscriptions import plan_webhook
from deploy.bench._disturbance import Deliveries, Line
from deploy.bench._scenario import Day, hurry
from deploy.bench.disturbed import differences
from tests.embedded_server import GIVEN, Api
from tests.storefront.conftest import saleor_server  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
SECONDS = 0.2  # for a request while the line is bad
PATIENT = 2.0  # before a server that is not the embedded one

QUIET: dict[str, Any] = {
    "orders": [
        ("1", "placed", False, 220_000, [("A", 2)]),
        ("2", "handed_over", True, 243_000, [("C", 1), ("D", 1)]),
        ("3", "cancelled", False, 390_000, [("D", 2), ("E", 1)]),
        ("4", "placed", False, 90_000, [("F", 1)]),
        ("7", "handed_over", True, 100_000, [("A", 1)]),
    ],
    "orders in saleor": [
        ("1", "UNCONFIRMED", False, 220_000, [("A", 2)]),
        ("2", "FULFILLED", True, 243_000, [("C", 1), ("D", 1)]),
        ("3", "CANCELED", False, 390_000, [("D", 2), ("E", 1)]),
        ("4", "UNCONFIRMED", False, 90_000, [("F", 1)]),
        ("7", "FULFILLED", True, 100_000, [("A", 1)]),
    ],
    "buyers": {
        "1": {"basket": [], "bought": {"A": 2}},
        "2": {"basket": [], "bought": {"C": 1, "D": 1}},
        "3": {"basket": [], "bought": {"D": 2, "E": 1}},
        "4": {"basket": [], "bought": {"F": 1}},
        "5": {"basket": [("F", 1)], "bought": {}},
        "6": {"basket": [], "bought": {"C": 1, "E": 1}},
        "7": {"basket": [], "bought": {"A": 1}},
    },
    "left undone": [],
}


def goods(price: int | None, *stock: tuple[str, int, int], shelf: bool = True) -> dict[str, Any]:
    """A product as both sides must hold it: (where, on hand, promised)."""
    return {
        "on the shelf": shelf, "as told": True, "noted": (shelf, True),
        "price": [price] if price else None, "price here": price, "stock": list(stock), "stock here": list(stock),
    }  # fmt: skip


QUIET["products"] = {
    "A": goods(100_000, ("point", 4, 0), ("store", 9, 2)),
    "B": goods(None, shelf=False),
    "C": goods(123_000, ("point", 4, 0), ("store", 9, 1), shelf=False),
    "D": goods(120_000, ("point", 3, 0), ("store", 9, 0)),
    "E": goods(99_000, ("point", 5, 0), ("store", 9, 1)),
    "F": goods(70_000, ("store", 1, 1)),
}


@pytest.fixture
def hooks(saleor_server: Api) -> Iterator[Deliveries]:  # noqa: F811
    """Where this server's webhooks go meanwhile."""
    with Deliveries() as deliveries, Saleor(saleor_server.url, saleor_server.token) as api:
        make(plan_webhook(api, deliveries.url))
        yield deliveries
        make(plan_webhook(api, "http://127.0.0.1:99/hooks/saleor/"))


@pytest.mark.parametrize(
    ("kind", "webhooks"),
    [
        ("", ""), ("errors before", ""), ("errors after", ""), ("reset after", ""), ("hang after", ""), ("late", ""),
        ("", "mixed"), ("mixed", "mixed"),
    ],
)  # fmt: skip
def test_the_day_ends_like_the_quiet_one(
    kind: str,
    webhooks: str,
    saleor_server: Api,  # noqa: F811
    hooks: Deliveries,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds = PATIENT if saleor_server is GIVEN else SECONDS
    for module, name, value in hurry(seconds):
        monkeypatch.setattr(module, name, value)
    chance = random.Random(7)
    with Line(saleor_server.origin, chance, hang=seconds * 1.5, share=0.08) as line:
        settings.SALEOR_API_URL, settings.SALEOR_APP_TOKEN = line.url, saleor_server.token
        day = Day(line, hooks, chance, seconds, kind, webhooks)

        day.play()
        day.recover()
        picture = day.picture()

    assert differences(QUIET, picture) == []
    assert bool(line.disturbed) == bool(kind)
