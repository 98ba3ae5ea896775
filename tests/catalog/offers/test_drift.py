"""Prices, stock and variants that changed in Saleor without our hearing of it."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.offers.models import Offer, OfferStock
from catalog.offers.services import reconcile_offers
from catalog.saleor.client import client
from catalog.saleor.generated import ProductVariantInput
from tests.storefront.world import on_sale

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("saleor")]


def test_a_price_and_a_shelf_that_differ_are_mirrored_anew() -> None:
    right, wrong = on_sale(), on_sale()
    Offer.objects.filter(pk=wrong.pk).update(price=1)
    OfferStock.objects.filter(offer=wrong).update(quantity=99)

    drift = reconcile_offers()

    assert drift.changed == [wrong.external_reference]
    assert drift.read == 2
    wrong.refresh_from_db()
    assert (wrong.price, wrong.stocks.get().quantity) == (right.price, 10)
    assert reconcile_offers().changed == []


def test_an_offer_that_saleor_no_longer_has_is_not_for_sale() -> None:
    offer = on_sale()
    client().update_variant(
        external_reference=offer.external_reference, input=ProductVariantInput(externalReference="elsewhere-1")
    )

    assert reconcile_offers(clock.now() - timedelta(minutes=5)).gone == []
    assert reconcile_offers().gone == [offer.external_reference]

    offer.refresh_from_db()
    assert not offer.is_active
