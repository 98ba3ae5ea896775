"""After the order: its link, cancelling, what Saleor says later, certificates that fall."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.certificates.models import Recognition, SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.offers.models import OfferStock
from catalog.products.models import Product
from catalog.saleor.client import client
from storefront.checkout import saleor as seam
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.desk.services import mark_picked
from storefront.orders import reconciling, services
from storefront.orders.errors import TooLateToCancel
from storefront.orders.links import order_by, token_of
from storefront.orders.models import Order, OrderLine, State
from storefront.orders.projection import absorb, refresh_order
from storefront.orders.stops import check_stops, sweep_stops
from storefront.orders.tasks import reconcile
from storefront.orders.webhooks import orders_moved
from tests.embedded_server import Api
from tests.storefront.world import basket_with, on_sale, open_point, order, staff_of

pytestmark = pytest.mark.django_db


def test_a_link_opens_its_own_order_only(saleor: Api) -> None:
    one, two = order(basket_with((on_sale(), 1))), order(basket_with((on_sale(), 1)))
    key, signature = token_of(one).split(".")

    assert order_by(token_of(one)) == one
    assert order_by(f"{two.pk}.{signature}") is None
    assert order_by(f"{key}.{signature[:-1]}") is None
    assert order_by(str(one.pk)) is None
    assert order_by("") is None


def test_the_buyer_cancels_and_the_pieces_are_back_on_the_shelf(saleor: Api) -> None:
    offer = on_sale(store=3)
    placed = order(basket_with((offer, 2)))

    services.cancel(placed)
    services.cancel(placed)

    placed.refresh_from_db()
    assert placed.state == State.CANCELLED
    assert placed.cancelled_at
    assert OfferStock.objects.get(offer=offer).available == 3
    assert client().order(id=placed.saleor_id).order.status.value == "CANCELED"  # type: ignore[union-attr]


def test_what_is_packed_is_not_cancelled(saleor: Api) -> None:
    point = open_point()
    placed = order(basket_with((on_sale(shelves={point: 2}), 1)), point)
    mark_picked(placed, staff_of(point))

    with pytest.raises(TooLateToCancel):
        services.cancel(placed)

    placed.refresh_from_db()
    assert placed.state == State.READY
    assert client().order(id=placed.saleor_id).order.status.value != "CANCELED"  # type: ignore[union-attr]


def test_a_cancellation_waits_for_a_silent_saleor(saleor: Api, settings) -> None:
    placed = order(basket_with((on_sale(), 1)))
    address, settings.SALEOR_API_URL = settings.SALEOR_API_URL, "http://127.0.0.1:9/graphql/"

    services.cancel(placed)
    placed.refresh_from_db()
    waiting = placed.state
    settings.SALEOR_API_URL = address
    reconcile()

    placed.refresh_from_db()
    assert (waiting, placed.state) == (State.CANCELLING, State.CANCELLED)


def test_a_webhook_only_makes_us_ask(saleor: Api) -> None:
    offer = on_sale(store=3)
    placed = order(basket_with((offer, 2)))
    client().cancel_order(id=placed.saleor_id)

    orders_moved([placed.saleor_id])
    orders_moved([placed.saleor_id])

    placed.refresh_from_db()
    assert placed.state == State.CANCELLED
    assert OfferStock.objects.get(offer=offer).available == 3


def test_a_webhook_about_a_stranger_changes_nothing(saleor: Api) -> None:
    orders_moved(["T3JkZXI6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"])

    assert not Order.objects.exists()


def test_an_answer_asked_for_earlier_is_stale(saleor: Api) -> None:
    placed = order(basket_with((on_sale(), 1)))
    old, asked_at = seam.fetch_order(placed.saleor_id), clock.now()
    client().cancel_order(id=placed.saleor_id)
    refresh_order(placed.saleor_id)

    assert old
    absorb(old, asked_at)

    placed.refresh_from_db()
    assert placed.state == State.CANCELLED


def test_reconciliation_finds_an_order_that_nobody_heard_of(saleor: Api) -> None:
    offer = on_sale()
    basket = basket_with((offer, 1))
    placed = order(basket)
    CheckoutAttempt.objects.update(order=None, state=AttemptState.COMPLETING)
    OrderLine.objects.all().delete()
    Order.objects.all().delete()

    reconciling.reconcile(clock.now() - timedelta(minutes=5))

    found = Order.objects.get()
    assert (found.saleor_id, found.total) == (placed.saleor_id, 120_000)
    assert found.lines.get().offer == offer


@pytest.mark.parametrize("status", [Status.REVOKED, Status.SUSPENDED])
def test_a_star_that_falls_after_the_sale_stops_the_line(status: str, saleor: Api) -> None:
    offer = on_sale()
    placed = order(basket_with((offer, 1)))
    SourceRecord.objects.update(status=status)
    refresh_gate([offer.product_id])

    assert sweep_stops() == 1

    assert placed.lines.get().stopped == status


def test_a_suspension_that_is_lifted_frees_the_line(saleor: Api) -> None:
    offer = on_sale()
    placed = order(basket_with((offer, 1)))
    Product.objects.update(suspended_reason="Đang kiểm tra")
    stopped = [line.stopped for line in check_stops([placed])]
    Product.objects.update(suspended_reason="")

    assert (stopped, check_stops([placed])) == (["policy"], [])
    assert placed.lines.get().stopped == ""


def test_a_star_that_expires_after_the_sale_is_honoured(saleor: Api) -> None:
    placed = order(basket_with((on_sale(), 1)))

    with clock.as_of(clock.today() + timedelta(days=4000)):
        assert check_stops([placed]) == []


def test_a_line_remembers_the_certificate_of_the_day(saleor: Api) -> None:
    offer = on_sale()
    placed = order(basket_with((offer, 1)))
    recognition = offer.product.current
    assert recognition
    before = placed.lines.get().certificate

    Recognition.objects.update(decision_number="999/QĐ-UBND", star=5)

    line = placed.lines.get()
    assert (line.certificate, line.star) == (before, 3)
    assert before["decision"] == recognition.decision_number
    assert before["until"] == offer.product.listable_until.isoformat()  # type: ignore[union-attr]
