"""Picking and handing over at a sale point, against a real embedded server."""

import pytest

from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.offers.models import OfferStock
from catalog.saleor.client import client
from catalog.saleor.generated.fragments import OrderFields
from storefront.checkout import saleor as seam
from storefront.desk.errors import NotToHandOver, Stopped, WrongCode
from storefront.desk.services import hand_over, mark_picked, orders_of
from storefront.orders.closing import finish_hand_over
from storefront.orders.models import Order, State
from storefront.orders.pickup import pickup_code
from storefront.orders.services import cancel
from storefront.orders.tasks import reconcile
from tests.embedded_server import Api
from tests.storefront.world import basket_with, on_sale, open_point, order, staff_of

pytestmark = pytest.mark.django_db


def in_saleor(placed: Order) -> OrderFields:
    told = client().order(id=placed.saleor_id).order
    assert told
    return told


def test_handed_over_against_the_code_paid_and_fulfilled(saleor: Api) -> None:
    point = open_point()
    offer = on_sale(store=5, shelves={point: 3})
    placed, staff = order(basket_with((offer, 2)), point), staff_of(point)

    mark_picked(placed, staff)
    mark_picked(placed, staff)
    hand_over(placed, staff, pickup_code(placed))

    placed.refresh_from_db()
    told = in_saleor(placed)
    shelf = OfferStock.objects.get(offer=offer, warehouse=point.warehouse)
    assert (placed.state, placed.is_paid, placed.handed_over_by) == (State.HANDED_OVER, True, staff)
    assert (told.status.value, told.is_paid) == ("FULFILLED", True)
    assert [one.warehouse.external_reference for one in told.fulfillments if one.warehouse] == [
        point.warehouse.external_reference
    ]
    assert (shelf.quantity, shelf.reserved) == (1, 0)


def test_a_code_serves_once(saleor: Api) -> None:
    point = open_point()
    placed, staff = order(basket_with((on_sale(shelves={point: 1}), 1)), point), staff_of(point)
    code = pickup_code(placed)
    hand_over(placed, staff, code)

    with pytest.raises(NotToHandOver):
        hand_over(placed, staff, code)

    assert len(in_saleor(placed).fulfillments) == 1


def test_a_wrong_code_hands_nothing_over(saleor: Api) -> None:
    point = open_point()
    placed, staff = order(basket_with((on_sale(shelves={point: 1}), 1)), point), staff_of(point)
    wrong = f"{(int(pickup_code(placed)) + 1) % 1_000_000:06d}"

    with pytest.raises(WrongCode):
        hand_over(placed, staff, wrong)

    placed.refresh_from_db()
    assert placed.state == State.PLACED
    assert not in_saleor(placed).is_paid


def test_a_cancelled_order_is_not_handed_over(saleor: Api) -> None:
    point = open_point()
    placed, staff = order(basket_with((on_sale(shelves={point: 1}), 1)), point), staff_of(point)
    cancel(placed)

    with pytest.raises(NotToHandOver):
        hand_over(placed, staff, pickup_code(placed))
    with pytest.raises(NotToHandOver):
        mark_picked(placed, staff)


def test_a_revoked_star_stops_the_hand_over(saleor: Api) -> None:
    point = open_point()
    offer = on_sale(shelves={point: 1})
    placed, staff = order(basket_with((offer, 1)), point), staff_of(point)
    SourceRecord.objects.update(status=Status.REVOKED)
    refresh_gate([offer.product_id])

    with pytest.raises(Stopped) as stopped:
        hand_over(placed, staff, pickup_code(placed))
    with pytest.raises(Stopped):
        mark_picked(placed, staff)

    assert offer.product.name in stopped.value.message("vi")
    assert not in_saleor(placed).is_paid


def test_with_saleor_silent_the_hand_over_stands_and_is_told_later(saleor: Api, settings) -> None:
    point = open_point()
    placed, staff = order(basket_with((on_sale(shelves={point: 1}), 1)), point), staff_of(point)
    address, settings.SALEOR_API_URL = settings.SALEOR_API_URL, "http://127.0.0.1:9/graphql/"

    hand_over(placed, staff, pickup_code(placed))
    placed.refresh_from_db()
    waiting = placed.state
    settings.SALEOR_API_URL = address
    reconcile()

    placed.refresh_from_db()
    assert (waiting, placed.state) == (State.HANDING_OVER, State.HANDED_OVER)
    assert in_saleor(placed).status.value == "FULFILLED"


def test_a_hand_over_interrupted_between_the_steps_is_resumed(saleor: Api) -> None:
    point = open_point()
    placed, staff = order(basket_with((on_sale(shelves={point: 1}), 1)), point), staff_of(point)
    seam.mark_paid(placed.saleor_id, "CASH-1")
    Order.objects.update(state=State.HANDING_OVER, handed_over_by=staff)

    finish_hand_over(placed)
    finish_hand_over(placed)

    told = in_saleor(placed)
    assert (told.status.value, len(told.fulfillments)) == ("FULFILLED", 1)
    assert placed.state == State.HANDED_OVER


def test_another_points_orders_are_not_there(saleor: Api) -> None:
    here, there = open_point(), open_point()
    placed = order(basket_with((on_sale(shelves={here: 1}), 1)), here)
    delivery = order(basket_with((on_sale(), 1)))

    assert set(orders_of(staff_of(here, "day"))) == {placed}
    assert set(orders_of(staff_of(there, "kia"))) == set()
    assert delivery.sale_point is None
