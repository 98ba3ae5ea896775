"""A producer's member works with its own products and lines, and no other's, against a real embedded server."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.offers.models import Offer
from catalog.saleor.client import client
from storefront.orders.errors import TooLateToCancel
from storefront.orders.models import Order, State
from storefront.orders.services import cancel
from storefront.portal import services
from storefront.portal.errors import LineStopped, NotToSend
from storefront.portal.forms import NewOfferForm, OfferForm
from tests.embedded_server import Api
from tests.factories import make_product
from tests.storefront.world import basket_with, member_of, on_sale, open_point, order

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "price"),
    [("120000", 120_000), ("120.000", 120_000), (" 1.200.000 ₫", 1_200_000), ("1000", 1_000), ("100000000", 10**8)],
)
def test_a_price_as_it_is_written_here(typed: str, price: int) -> None:
    form = OfferForm({"price": typed, "stock": "0"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["price"] == price


@pytest.mark.parametrize("typed", ["", "999", "100000001", "12,5", "1.5", "-1000", "một nghìn", "1e5", "12.34.567"])
def test_no_price(typed: str) -> None:
    form = OfferForm({"price": typed, "stock": "0"})

    assert form.errors == {"price": ["Giá phải là số đồng nguyên, từ 1.000 đến 100.000.000."]}


@pytest.mark.parametrize("typed", ["", "-1", "100001", "2.5"])
def test_no_stock(typed: str) -> None:
    form = OfferForm({"price": "20000", "stock": typed})

    assert form.errors == {"stock": ["Tồn kho phải là số nguyên, từ 0 đến 100.000."]}


def test_a_new_pack_size_needs_a_name_and_grams() -> None:
    form = NewOfferForm({"price": "20000", "stock": "1", "name": "", "weight": "0", "number": "1"})

    assert set(form.errors) == {"name", "weight"}


def test_price_and_stock_reach_saleor(saleor: Api) -> None:
    offer = on_sale(price=100_000, store=3)

    services.change_offer(offer, price=125_000, stock=8)

    told = client().variant(external_reference=offer.external_reference).product_variant
    offer = Offer.objects.prefetch_related("stocks__warehouse").get(pk=offer.pk)
    assert told
    assert [listing.price.amount for listing in told.channel_listings or () if listing.price] == [125_000.0]
    assert [stock.quantity for stock in told.stocks or ()] == [8]
    assert (offer.price, services.own_stock(offer)) == (125_000, 8)


def test_only_my_producers_products_and_lines(saleor: Api) -> None:
    mine, other = on_sale(), on_sale()
    user = member_of(mine.product.producer)
    placed = order(basket_with((mine, 1), (other, 1)))

    assert list(services.products_of(user)) == [mine.product]
    assert [(line.order, line.product) for line in services.lines_of(user)] == [(placed, mine.product)]


def test_days_left_and_the_time_to_file_again() -> None:
    product = make_product()
    until = product.listable_until
    assert until

    with clock.as_of(until - timedelta(days=181)):
        early = services.row_of(product)
    with clock.as_of(until - timedelta(days=180)):
        time = services.row_of(product)
    with clock.as_of(until):
        last = services.row_of(product)
    with clock.as_of(until + timedelta(days=1)):
        over = services.row_of(product)

    assert [(row.listed, row.days_left, row.ending is not None) for row in (early, time, last, over)] == [
        (True, 181, False), (True, 180, True), (True, 0, True), (False, None, False),
    ]  # fmt: skip


def test_a_delivery_of_two_sellers_is_sent_and_paid_when_both_have_done_theirs(saleor: Api) -> None:
    one, two = on_sale(), on_sale()
    first, second = member_of(one.product.producer, "mot"), member_of(two.product.producer, "hai")
    placed = order(basket_with((one, 1), (two, 1)))

    states = []
    for act, user in (
        (services.mark_sent, first), (services.mark_sent, second),
        (services.mark_delivered, first), (services.mark_delivered, first), (services.mark_delivered, second),
    ):  # fmt: skip
        act(placed, user)
        placed.refresh_from_db()
        states.append(placed.state)

    told = client().order(id=placed.saleor_id).order
    assert states == [State.PLACED, State.SENT, State.SENT, State.SENT, State.HANDED_OVER]
    assert told
    assert (told.status.value, told.is_paid) == ("FULFILLED", True)


def test_what_one_seller_sent_is_not_cancelled(saleor: Api) -> None:
    one, two = on_sale(), on_sale()
    placed = order(basket_with((one, 1), (two, 1)))
    services.mark_sent(placed, member_of(one.product.producer))

    with pytest.raises(TooLateToCancel):
        cancel(placed)


def test_a_pickup_is_not_the_producers_to_send(saleor: Api) -> None:
    point = open_point()
    offer = on_sale(shelves={point: 1})
    placed = order(basket_with((offer, 1)), point)

    with pytest.raises(NotToSend):
        services.mark_sent(placed, member_of(offer.product.producer))

    assert Order.objects.get().state == State.PLACED


def test_a_stopped_line_is_not_sent(saleor: Api) -> None:
    offer = on_sale()
    placed = order(basket_with((offer, 1)))
    SourceRecord.objects.update(status=Status.REVOKED)
    refresh_gate([offer.product_id])

    with pytest.raises(LineStopped):
        services.mark_sent(placed, member_of(offer.product.producer))

    assert placed.lines.get().sent_at is None
