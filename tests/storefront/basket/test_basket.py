"""A basket keeps what the buyer chose; today's gate, policy, stock and price stand beside every line."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.certificates.models import Recognition, SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.offers import selling
from catalog.offers.models import Offer, OfferStock
from catalog.products.models import Product, Restriction
from storefront.basket import services
from storefront.basket.errors import BadQuantity, NotForSale, UnknownOffer
from storefront.basket.models import Basket, BasketLine
from tests.factories import make_offer, make_product

pytestmark = pytest.mark.django_db


def test_adding_makes_a_basket_and_counts_revisions() -> None:
    offer = make_offer(make_product(), price=50_000)

    basket = services.add(None, offer.external_reference, "2")
    services.add(basket, offer.external_reference, 3)

    basket.refresh_from_db()
    view = services.see(basket)
    assert basket.revision == 2
    assert [(line.reference, line.quantity, line.total) for line in view.lines] == [
        (offer.external_reference, 5, 250_000)
    ]
    assert view.can_order
    assert view.subtotal == 250_000


def test_never_more_than_fifty_of_one_offer() -> None:
    offer = make_offer(make_product())
    basket = services.add(None, offer.external_reference, 40)

    services.add(basket, offer.external_reference, 40)

    assert basket.lines.get().quantity == 50


@pytest.mark.parametrize("quantity", ["0", "-1", "51", "1.5", "", "một", "１", "1e1", "9999999"])
def test_a_quantity_is_a_whole_number_from_1_to_50(quantity: str) -> None:
    offer = make_offer(make_product())

    with pytest.raises(BadQuantity):
        services.add(None, offer.external_reference, quantity)

    assert not Basket.objects.exists()


@pytest.mark.parametrize("reference", ["", "KHONGCO-1", "-1", "ABC", "ABCDEFG-x", "ABCDEFG-99999"])
def test_an_offer_that_does_not_exist_is_refused(reference: str) -> None:
    with pytest.raises(UnknownOffer):
        services.add(None, reference, 1)


def test_setting_a_quantity_twice_is_one_change() -> None:
    offer = make_offer(make_product())
    basket = services.add(None, offer.external_reference, 1)

    services.set_quantity(basket, offer.external_reference, 7)
    services.set_quantity(basket, offer.external_reference, 7)

    basket.refresh_from_db()
    assert (basket.revision, basket.lines.get().quantity) == (2, 7)


def test_removing_twice_is_one_change() -> None:
    offer = make_offer(make_product())
    basket = services.add(None, offer.external_reference, 1)

    services.remove(basket, offer.external_reference)
    services.remove(basket, offer.external_reference)

    basket.refresh_from_db()
    assert (basket.revision, basket.lines.count()) == (2, 0)


def test_a_star_that_expires_while_it_lies_in_the_basket_cannot_be_ordered() -> None:
    offer = make_offer(make_product())
    basket = services.add(None, offer.external_reference, 1)
    until = Product.objects.get().listable_until
    assert until is not None

    with clock.as_of(until):
        assert services.see(basket).can_order
    with clock.as_of(until + timedelta(days=1)):
        view = services.see(basket)
        with pytest.raises(NotForSale):
            services.add(basket, offer.external_reference, 1)

    assert view.lines[0].problem == str(selling.NOT_LISTED)
    assert not view.can_order
    assert view.subtotal == 0


def test_a_revoked_star_cannot_be_ordered() -> None:
    product = make_product()
    basket = services.add(None, make_offer(product).external_reference, 1)
    SourceRecord.objects.update(status=Status.REVOKED)
    refresh_gate([product.pk])

    assert Recognition.objects.get().status == Status.REVOKED
    assert services.see(basket).lines[0].problem == str(selling.NOT_LISTED)


@pytest.mark.parametrize(
    ("restriction", "reason"),
    [
        (Restriction.ALCOHOL, selling.ADULT),
        (Restriction.SUSPECT_ALCOHOL, selling.ADULT),
        (Restriction.SERVICE, selling.SERVICE),
    ],
)
def test_alcohol_and_services_do_not_go_into_a_basket(restriction: str, reason: object) -> None:
    offer = make_offer(make_product(restriction=restriction))

    with pytest.raises(NotForSale) as refused:
        services.add(None, offer.external_reference, 1)

    assert str(reason) in refused.value.message("vi")
    assert not BasketLine.objects.exists()


def test_a_product_restricted_later_is_stopped_in_the_basket_too() -> None:
    product = make_product()
    basket = services.add(None, make_offer(product).external_reference, 1)

    Product.objects.update(restriction=Restriction.SUSPECT_ALCOHOL)

    assert services.see(basket).lines[0].problem == str(selling.ADULT)


def test_stock_and_price_of_today_stand_beside_the_line() -> None:
    offer = make_offer(make_product(), price=50_000)
    basket = services.add(None, offer.external_reference, 5)

    Offer.objects.update(price=60_000)
    OfferStock.objects.update(quantity=10, reserved=7)
    short = services.see(basket).lines[0]
    OfferStock.objects.update(reserved=10)
    gone = services.see(basket).lines[0]

    assert (short.price, short.price_was, short.available) == (60_000, 50_000, 3)
    assert short.problem == "Chỉ còn 3: xin giảm số lượng."
    assert gone.problem == "Hết hàng."


def test_what_is_sold_out_does_not_go_in() -> None:
    offer = make_offer(make_product())
    OfferStock.objects.update(quantity=0)

    with pytest.raises(NotForSale) as refused:
        services.add(None, offer.external_reference, 1)

    assert "Hết hàng" in refused.value.message("vi")
