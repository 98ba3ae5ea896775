"""Nothing stays half done: answers that are lost, requests that arrive late, a token that is no longer known."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from catalog import clock
from catalog.health.models import Sign
from catalog.offers.models import Offer, OfferStock
from catalog.offers.services import reconcile_offers, refresh_variant
from catalog.saleor.client import PermissionDenied, SaleorFault, SaleorUnavailable, client
from catalog.saleor.models import InboxMessage
from catalog.saleor.patience import PLACES, take_place, visit
from catalog.saleor.webhooks.inbox import process_inbox
from ocop_sync.publish.drift import find_publication_drift
from ocop_sync.publish.models import Publication
from ocop_sync.publish.services import publish_codes
from storefront.basket import services as baskets
from storefront.checkout import saleor as seam
from storefront.checkout.errors import OrderingBusy, OrderingPaused
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.desk.services import hand_over
from storefront.orders import reconciling, tasks, unfinished
from storefront.orders.closing import finish_hand_over
from storefront.orders.models import Order, State
from storefront.orders.pickup import pickup_code
from storefront.orders.services import cancel
from storefront.orders.unfinished import finish_all
from storefront.portal.errors import StockNotSaved
from storefront.portal.services import change_offer
from tests.embedded_server import Api
from tests.factories import make_product
from tests.storefront.checkout.test_place_order import orders_in
from tests.storefront.torn import TornLine, torn_line
from tests.storefront.world import basket_with, on_sale, open_point, order, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch, saleor: Api) -> TornLine:
    return torn_line(monkeypatch, saleor)


def recovered() -> None:
    """Saleor is back, and the shop's background work has run."""
    reconciling.reconcile(clock.now() - timedelta(hours=1))
    finish_all()


def older(by: timedelta) -> None:
    """As if the attempts had been left so long ago."""
    CheckoutAttempt.objects.update(updated_at=clock.now() - by)


def test_an_order_whose_request_arrives_late_is_found_and_not_made_twice(saleor: Api, line: TornLine) -> None:
    offer = on_sale()
    basket = basket_with((offer, 1))
    line.lose = {"CompleteCheckout": "late"}
    with pytest.raises(OrderingPaused):
        order(basket)
    line.lose = {}
    line.wake()

    placed = order(basket)

    assert placed.total == 120_000
    assert orders_in(saleor, offer.external_reference) == 1


def test_a_late_request_for_a_basket_that_has_changed_orders_nothing_any_more(saleor: Api, line: TornLine) -> None:
    offer, other = on_sale(), on_sale()
    basket = basket_with((offer, 1))
    line.lose = {"CompleteCheckout": "late"}
    with pytest.raises(OrderingPaused):
        order(basket)
    line.lose = {}
    baskets.add(basket, other.external_reference, 1)

    placed = order(basket, total=220_000)
    answers: Any = line.wake()

    assert {error["code"] for one in answers for error in one["checkoutComplete"]["errors"]} == {"NO_LINES"}
    assert orders_in(saleor, offer.external_reference) == 1
    assert sorted(line.product_id for line in placed.lines.all()) == sorted([offer.product_id, other.product_id])
    assert list(CheckoutAttempt.objects.order_by("pk").values_list("state", flat=True)) == [
        AttemptState.OPEN, AttemptState.DONE,
    ]  # fmt: skip


def test_an_attempt_that_nobody_comes_back_to_is_settled_for_good(saleor: Api, line: TornLine) -> None:
    offer = on_sale()
    basket = basket_with((offer, 1))
    line.lose = {"CompleteCheckout": "late"}
    with pytest.raises(OrderingPaused):
        order(basket)
    line.lose = {}

    older(timedelta(minutes=10))
    recovered()
    assert CheckoutAttempt.objects.get().state == AttemptState.COMPLETING
    older(timedelta(days=9))
    recovered()
    assert CheckoutAttempt.objects.get().state == AttemptState.OPEN

    line.wake()
    assert orders_in(saleor, offer.external_reference) == 0
    assert order(basket).total == 120_000
    assert orders_in(saleor, offer.external_reference) == 1


def test_a_refusal_of_an_order_that_was_made_all_the_same_is_not_believed(
    saleor: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two requests for one checkout, the first makes the order and the second may be refused."""
    offer = on_sale()
    basket, complete, refused = basket_with((offer, 1)), seam.complete, []

    def twice(checkout: str) -> seam.SaleorOrder:
        made = complete(checkout)
        if not refused:
            refused.append(made)
            client().complete_checkout(id="Q2hlY2tvdXQ6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw")
        return made

    monkeypatch.setattr(seam, "complete", twice)

    placed = order(basket)

    assert (len(refused), placed.saleor_id) == (1, refused[0].id)
    assert orders_in(saleor, offer.external_reference) == 1


def test_a_buyer_who_finds_all_places_taken_is_told_so_and_keeps_the_basket(saleor: Api) -> None:
    basket = basket_with((on_sale(), 1))
    over, seated = threading.Event(), threading.Barrier(PLACES + 1)

    def waits() -> None:
        with visit():
            take_place()
            seated.wait(10)
            over.wait(10)

    waiting = [threading.Thread(target=waits) for _ in range(PLACES)]
    for one in waiting:
        one.start()
    seated.wait(10)

    with visit(), pytest.raises(OrderingBusy) as busy:
        order(basket)
    over.set()
    for one in waiting:
        one.join()

    assert (busy.value.status, basket.lines.get().quantity) == (503, 1)
    assert not CheckoutAttempt.objects.exists()


def test_a_token_that_is_no_longer_known_pauses_ordering_and_takes_nothing_for_gone(saleor: Api, settings) -> None:
    offer = on_sale()
    publish_codes([offer.product.code])
    placed, basket = order(basket_with((offer, 1))), basket_with((offer, 1))
    noted = list(Publication.objects.values_list("code", "saleor_id"))
    settings.SALEOR_APP_TOKEN = "of-somebody-else"

    with pytest.raises(OrderingPaused):
        order(basket)
    for ask in (
        lambda: refresh_variant(offer.external_reference),
        reconcile_offers,
        find_publication_drift,
        lambda: seam.fetch_order(placed.saleor_id),
        lambda: seam.is_open("Q2hlY2tvdXQ6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"),
    ):
        with pytest.raises((PermissionDenied, SaleorFault)):
            ask()

    assert Offer.objects.get(pk=offer.pk).is_active
    assert list(Publication.objects.values_list("code", "saleor_id")) == noted


@pytest.mark.parametrize("lost", ["MarkOrderPaid", "FulfillOrder"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_hand_over_stands_and_is_told_once(lost: str, when: str, saleor: Api, line: TornLine) -> None:
    point = open_point()
    placed = order(basket_with((on_sale(shelves={point: 2}), 2)), point)
    line.lose = {lost: when}

    hand_over(placed, staff_of(point), pickup_code(placed))
    assert placed.state == State.HANDING_OVER
    line.lose = {}
    recovered()

    placed.refresh_from_db()
    told = client().order(id=placed.saleor_id).order
    assert (placed.state, placed.is_paid) == (State.HANDED_OVER, True)
    assert told
    assert (told.status.value, told.is_paid, told.total.gross.amount) == ("FULFILLED", True, placed.total)
    assert OfferStock.objects.get(warehouse=point.warehouse).quantity == 0


def test_two_who_finish_one_hand_over_record_the_cash_once(saleor: Api, line: TornLine) -> None:
    point = open_point()
    placed = order(basket_with((on_sale(shelves={point: 1}), 1)), point)
    Order.objects.filter(pk=placed.pk).update(state=State.HANDING_OVER)

    finish_hand_over(placed)
    finish_hand_over(placed)

    assert line.sent["MarkOrderPaid"] == line.sent["FulfillOrder"] == 1


@pytest.mark.parametrize("when", ["before", "after", "late"])
def test_a_cancellation_whose_answer_is_lost_is_finished_later(when: str, saleor: Api, line: TornLine) -> None:
    offer = on_sale(store=3)
    placed = order(basket_with((offer, 2)))
    line.lose = {"CancelOrder": when}

    cancel(placed)
    placed.refresh_from_db()
    assert placed.state == State.CANCELLING
    line.lose = {}
    recovered()
    line.wake()

    placed.refresh_from_db()
    assert placed.state == State.CANCELLED
    assert OfferStock.objects.get(offer=offer).available == 3


def test_a_price_that_was_saved_is_told_although_the_stock_was_not(saleor: Api, line: TornLine) -> None:
    offer = on_sale(price=100_000, store=10)
    line.lose = {"SetVariantStocks": "before"}

    with pytest.raises(StockNotSaved):
        change_offer(offer, price=130_000, stock=4)
    offer.refresh_from_db()
    assert (offer.price, offer.stocks.get().quantity) == (130_000, 10)

    line.lose = {}
    change_offer(offer, price=130_000, stock=4)
    assert offer.stocks.get().quantity == 4


def test_what_makes_saleor_stumble_holds_no_other_order_up(saleor: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    point, offer = open_point(), on_sale()
    bad, good = order(basket_with((on_sale(shelves={point: 1}), 1)), point), order(basket_with((offer, 1)))
    Order.objects.filter(pk=bad.pk).update(state=State.HANDING_OVER)
    Order.objects.filter(pk=good.pk).update(state=State.CANCELLING)

    def stumbles(_order: Order) -> None:
        raise SaleorFault(reason="Internal Server Error")

    monkeypatch.setattr(unfinished, "finish_hand_over", stumbles)

    assert finish_all() == [bad.number]
    assert Order.objects.get(pk=good.pk).state == State.CANCELLED


def test_a_failed_reconciliation_is_noted_with_what_is_open(saleor: Api, settings) -> None:
    tasks.reconcile()
    settings.SALEOR_API_URL = "http://127.0.0.1:9/graphql/"
    tasks.reconcile()

    sign = Sign.objects.get(name=tasks.SIGN)
    assert (sign.ok, sign.detail["open"]) == (False, {"attempts": 0, "hand_overs": 0, "cancellations": 0})
    assert "SaleorUnavailable" in sign.detail["why"]


def test_a_message_about_an_order_comes_back_until_its_stock_is_known(saleor: Api, line: TornLine) -> None:
    offer = on_sale(store=5)
    placed = order(basket_with((offer, 1)))
    OfferStock.objects.update(reserved=0)
    now = clock.now()
    message = InboxMessage.objects.create(
        digest="d", event="OrderUpdated", key=placed.saleor_id, issued_at=now, available_at=now
    )
    line.lose = {"Variants": "before"}
    with pytest.raises(SaleorUnavailable):
        process_inbox()

    line.lose = {}
    InboxMessage.objects.update(available_at=now)
    assert process_inbox() == 1
    assert OfferStock.objects.get(offer=offer).reserved == 1
    message.refresh_from_db()
    assert message.attempts == 1  # a silent Saleor is not its fault


def test_a_product_made_without_our_hearing_of_it_is_adopted(saleor: Api, line: TornLine) -> None:
    product = make_product()
    line.lose = {"CreateProducts": "after"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ocop_sync.publish.run.PAUSES", (0.0,))
        with pytest.raises(SaleorUnavailable):
            publish_codes([product.code])
    line.lose = {}

    report = publish_codes([product.code])

    assert (report.adopted, report.created) == (1, 0)
    assert Publication.objects.get(code=product.code).saleor_id
