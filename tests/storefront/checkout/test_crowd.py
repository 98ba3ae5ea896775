"""What a buyer reads while others are before the till: a page with everything typed, at the cost of one question."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.offers.models import Offer, OfferStock
from catalog.saleor.patience import PLACES
from storefront.basket.models import Basket
from storefront.checkout.models import CheckoutAttempt
from storefront.checkout.turnstile import turnstile
from storefront.orders.models import Order
from tests.embedded_server import Api
from tests.factories import make_offer, make_product, make_warehouse
from tests.storefront.world import on_sale

pytestmark = pytest.mark.django_db
STEP = f"{reverse('checkout_details')}?cach=giao&tinh=68"
TYPED = {
    "name": 'Nguyễn "An" <b>', "phone": "0912 345 678", "email": "", "consent": "on", "commune": "24787",
    "street": "12 Lê Lợi", "revision": "1", "agreed_total": "120000",
}  # fmt: skip


@pytest.fixture
def offer() -> Offer:
    product = make_product()
    return make_offer(product, price=100_000, stocks={make_warehouse(producer=product.producer): 3})


@pytest.fixture
def crowd() -> Iterator[None]:
    """Others hold all places."""
    with ExitStack() as inside:
        for basket in range(-PLACES, 0):
            inside.enter_context(turnstile.turn(basket))
        yield


def put(client: Client, offer: Offer) -> None:
    client.post(reverse("basket_add"), {"offer": offer.external_reference})


@pytest.mark.usefixtures("crowd")
def test_everything_typed_comes_back_with_a_ticket(client: Client, offer: Offer) -> None:
    put(client, offer)

    page = client.post(STEP, TYPED)

    text = page.content.decode()
    assert page.status_code == 202
    assert 1 <= int(page["Retry-After"]) <= 8
    assert 'name="ticket"' in text
    assert "Nguyễn &#34;An&#34; &lt;b&gt;" in text
    for name in TYPED:
        assert f'name="{name}"' in text
    assert text.count('name="csrfmiddlewaretoken"') == 1
    assert "Chỗ của bạn trong hàng được giữ" in text
    assert not CheckoutAttempt.objects.exists()


@pytest.mark.usefixtures("crowd")
def test_it_asks_for_what_is_left_and_nothing_else(client: Client, offer: Offer) -> None:
    put(client, offer)
    client.post(STEP, TYPED)
    with CaptureQueriesContext(connection) as queries:
        client.post(STEP, TYPED)
    assert len(queries) == 1


@pytest.mark.usefixtures("crowd")
def test_sold_out_is_told_without_a_turn(client: Client, offer: Offer) -> None:
    put(client, offer)
    OfferStock.objects.update(reserved=3)
    page = client.post(STEP, TYPED)
    assert page.status_code == 200
    assert "Vừa hết hàng" in page.content.decode()
    assert Basket.objects.get().lines.count() == 1


def test_who_only_reads_is_not_in_the_line(client: Client, offer: Offer, crowd: None) -> None:
    put(client, offer)
    assert client.get(STEP).status_code == 200
    assert client.get(reverse("basket")).status_code == 200


def test_with_the_ticket_it_is_ordered_once(saleor: Api, client: Client) -> None:
    put(client, on_sale(price=100_000))
    with ExitStack() as inside:
        for basket in range(-PLACES, 0):
            inside.enter_context(turnstile.turn(basket))
        text = client.post(STEP, TYPED).content.decode()
    ticket = text.split('name="ticket" value="')[1].split('"')[0]

    placed = client.post(STEP, {**TYPED, "ticket": ticket})
    again = client.post(STEP, {**TYPED, "ticket": ticket})

    assert placed.status_code == again.status_code == 302
    assert placed["Location"] == again["Location"]
    assert Order.objects.count() == 1


def test_who_ordered_the_last_piece_is_not_told_that_it_is_sold_out(saleor: Api, client: Client) -> None:
    put(client, on_sale(price=100_000, store=1))
    placed = client.post(STEP, TYPED)
    put(client, Offer.objects.get())  # refused: none is left

    again = client.post(STEP, {**TYPED, "ticket": "x"})

    assert placed.status_code == 302
    assert again["Location"] == placed["Location"]
