"""From a basket to an order, exactly once, against a real embedded server."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.offers import selling
from catalog.offers.models import Offer, OfferStock
from catalog.offers.services import set_price
from catalog.products.models import Product, Restriction
from storefront.basket import services as baskets
from storefront.checkout.errors import BasketChanged, LinesRefused, OrderingPaused, PriceChanged, WayClosed
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.checkout.services import place_order
from storefront.orders.models import Method, Order, State
from tests.embedded_server import Api
from tests.factories import make_product
from tests.storefront.world import basket_with, buyer, on_sale, open_point, order

pytestmark = pytest.mark.django_db


def orders_in(server: Api, reference: str) -> int:
    """How many orders of the variant Saleor has."""
    told = server.post("{ orders(first: 100) { edges { node { lines { productSku } } } } }")
    lines = [edge["node"]["lines"] for edge in told["data"]["orders"]["edges"]]
    return sum(any(line["productSku"] == reference for line in one) for one in lines)


def test_an_order_to_be_collected(saleor: Api) -> None:
    point = open_point()
    offer = on_sale(price=150_000, store=0, shelves={point: 5})
    basket = basket_with((offer, 2))

    placed = order(basket, point)

    line = placed.lines.get()
    assert (placed.method, placed.sale_point, placed.state, placed.is_paid) == (
        Method.PICKUP, point, State.PLACED, False,
    )  # fmt: skip
    assert (placed.subtotal, placed.shipping, placed.total) == (300_000, 0, 300_000)
    assert (line.quantity, line.unit_price, line.total) == (2, 150_000, 300_000)
    assert (line.recognition, line.star) == (offer.product.current, 3)
    assert line.certificate["decision"] == offer.product.current.decision_number
    assert line.producer == offer.product.producer
    assert (placed.buyer_name, placed.phone) == ("Nguyễn Văn An", "+84912345678")
    assert not basket.lines.exists()
    assert OfferStock.objects.get(warehouse=point.warehouse).available == 3


def test_an_order_to_be_sent_costs_what_the_table_says(saleor: Api) -> None:
    near, far = on_sale(price=100_000), on_sale(price=100_000)

    in_province = order(basket_with((near, 1)))
    elsewhere = order(
        basket_with((far, 1)),
        total=135_000,
        address={"street": "1 Hàng Bài", "commune": "Phường Cửa Nam", "commune_code": "00082",
                 "province": "Hà Nội", "province_code": "01"},
    )  # fmt: skip

    assert (in_province.shipping, in_province.total) == (20_000, 120_000)
    assert (elsewhere.shipping, elsewhere.total) == (35_000, 135_000)
    assert elsewhere.address["commune"] == "Phường Cửa Nam"


def test_the_same_form_twice_is_one_order(saleor: Api) -> None:
    offer = on_sale()
    basket = basket_with((offer, 1))
    form = buyer()

    first = place_order(basket, revision=1, form=form, agreed_total=120_000)
    second = place_order(basket, revision=1, form=form, agreed_total=120_000)

    assert first == second
    assert orders_in(saleor, offer.external_reference) == 1


def test_an_answer_that_was_lost_is_found_by_the_next_click(saleor: Api) -> None:
    offer = on_sale()
    basket = basket_with((offer, 1))
    placed = order(basket)
    forget(placed, basket, offer)

    again = place_order(basket, revision=1, form=buyer(name="Người Khác"), agreed_total=120_000)

    assert again.saleor_id == placed.saleor_id
    assert again.buyer_name == "Nguyễn Văn An"
    assert orders_in(saleor, offer.external_reference) == 1


def test_an_answer_that_was_lost_is_found_although_the_basket_changed(saleor: Api) -> None:
    offer, other = on_sale(), on_sale()
    basket = basket_with((offer, 1))
    placed = order(basket)
    forget(placed, basket, offer)
    baskets.add(basket, other.external_reference, 2)

    found = order(basket)

    assert found.saleor_id == placed.saleor_id
    assert [(line.offer_id, line.quantity) for line in basket.lines.all()] == [(other.pk, 2)]
    assert orders_in(saleor, other.external_reference) == 0


def forget(placed: Order, basket: baskets.Basket, offer: Offer) -> None:
    """As if the worker had been killed after Saleor made the order and before we wrote it down."""
    CheckoutAttempt.objects.update(order=None, state=AttemptState.COMPLETING)
    placed.lines.all().delete()
    Order.objects.filter(pk=placed.pk).delete()
    basket.lines.create(offer=offer, quantity=1, price_seen=offer.price)
    type(basket).objects.filter(pk=basket.pk).update(revision=1)
    basket.refresh_from_db()


def test_a_try_that_never_reached_saleor_is_finished_by_the_next_click(saleor: Api, settings) -> None:
    offer = on_sale()
    basket = basket_with((offer, 1))
    address, settings.SALEOR_API_URL = settings.SALEOR_API_URL, "http://127.0.0.1:9/graphql/"
    with pytest.raises(OrderingPaused):
        order(basket)
    settings.SALEOR_API_URL = address

    placed = order(basket)

    assert placed.total == 120_000
    assert CheckoutAttempt.objects.count() == 1
    assert orders_in(saleor, offer.external_reference) == 1


def test_with_saleor_stopped_ordering_pauses_and_the_basket_is_kept(saleor: Api, settings) -> None:
    basket = basket_with((on_sale(), 3))
    settings.SALEOR_API_URL = "http://127.0.0.1:9/graphql/"

    with pytest.raises(OrderingPaused) as paused:
        order(basket)

    assert paused.value.status == 503
    assert basket.lines.get().quantity == 3
    assert baskets.see(basket).can_order
    assert not Order.objects.exists()
    assert CheckoutAttempt.objects.get().leased_until is None


def test_two_buyers_for_the_last_piece(saleor: Api) -> None:
    point = open_point()
    offer = on_sale(store=0, shelves={point: 1})
    quick, slow = basket_with((offer, 1)), basket_with((offer, 1))
    order(quick, point)
    OfferStock.objects.update(reserved=0)  # the slow one's page has not heard of it

    with pytest.raises(LinesRefused) as refused:
        order(slow, point)

    assert refused.value.problems == {offer.external_reference: "Hết hàng."}
    assert slow.lines.get().quantity == 1
    assert orders_in(saleor, offer.external_reference) == 1


def test_a_price_that_changed_is_shown_before_anything_is_ordered(saleor: Api) -> None:
    offer = on_sale(price=100_000)
    basket = basket_with((offer, 1))
    set_price(offer, 130_000)
    Offer.objects.update(price=100_000)  # our copy is behind

    with pytest.raises(PriceChanged) as changed:
        order(basket)

    assert changed.value.data == {"shown": "150.000 ₫", "shipping": 20_000, "total": 150_000}
    assert Offer.objects.get(pk=offer.pk).price == 130_000
    assert orders_in(saleor, offer.external_reference) == 0
    assert order(basket, total=150_000).total == 150_000


def test_the_gate_is_asked_on_the_day_of_the_order(saleor: Api) -> None:
    offer = on_sale()
    basket = basket_with((offer, 1))
    until = offer.product.listable_until
    assert until

    with clock.as_of(until + timedelta(days=1)), pytest.raises(LinesRefused) as refused:
        order(basket, total=120_000)

    assert refused.value.problems == {offer.external_reference: str(selling.NOT_LISTED)}
    assert orders_in(saleor, offer.external_reference) == 0
    with clock.as_of(until):
        assert order(basket).total == 120_000


def test_a_revoked_star_is_refused_at_the_order(saleor: Api) -> None:
    offer = on_sale()
    basket = basket_with((offer, 1))
    SourceRecord.objects.update(status=Status.REVOKED)
    refresh_gate([offer.product_id])

    with pytest.raises(LinesRefused):
        order(basket, total=120_000)

    assert orders_in(saleor, offer.external_reference) == 0


def test_alcohol_in_an_old_basket_is_refused_at_the_order(saleor: Api) -> None:
    offer = on_sale()
    basket = basket_with((offer, 1))
    Product.objects.update(restriction=Restriction.ALCOHOL)

    with pytest.raises(LinesRefused) as refused:
        order(basket, total=120_000)

    assert refused.value.problems == {offer.external_reference: str(selling.ADULT)}


def test_live_goods_are_collected_not_sent(saleor: Api) -> None:
    point = open_point()
    offer = on_sale(make_product(restriction=Restriction.LIVE), shelves={point: 2})

    with pytest.raises(WayClosed):
        order(basket_with((offer, 1)))

    assert order(basket_with((offer, 1)), point).method == Method.PICKUP


def test_a_point_without_all_the_lines_is_refused(saleor: Api) -> None:
    point = open_point()
    here, elsewhere = on_sale(shelves={point: 2}), on_sale()

    with pytest.raises(WayClosed):
        order(basket_with((here, 1), (elsewhere, 1)), point)

    assert not Order.objects.exists()


def test_a_page_made_for_an_older_basket_orders_nothing(saleor: Api) -> None:
    offer = on_sale()
    basket = basket_with((offer, 1))
    baskets.add(basket, offer.external_reference, 1)

    with pytest.raises(BasketChanged):
        place_order(basket, revision=1, form=buyer(), agreed_total=120_000)

    assert orders_in(saleor, offer.external_reference) == 0


def test_a_pack_size_that_saleor_does_not_know_is_told_at_its_line(saleor: Api) -> None:
    offer = on_sale()
    Offer.objects.filter(pk=offer.pk).update(number=7)
    offer.refresh_from_db()

    with pytest.raises(LinesRefused) as refused:
        order(basket_with((offer, 1)))

    assert refused.value.problems == {offer.external_reference: str(selling.WITHDRAWN)}


def test_orders_of_several_sellers_are_one_order_with_split_lines(saleor: Api) -> None:
    one, two = on_sale(price=100_000), on_sale(price=50_000)

    placed = order(basket_with((one, 1), (two, 2)))

    split = {line.producer_id: line.total for line in placed.lines.all()}
    assert split == {one.product.producer_id: 100_000, two.product.producer_id: 100_000}
    assert placed.total == 220_000
