"""An answer asked for earlier never overwrites one asked for later, whichever arrives first."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.offers.mirror import VariantState, mirror, mirror_gone
from catalog.offers.models import Offer
from catalog.outbox.models import OutboxRow
from tests.factories import make_offer, make_product

pytestmark = pytest.mark.django_db
EARLIER, LATER = timedelta(seconds=1), timedelta(seconds=2)


@pytest.fixture
def offer() -> Offer:
    return make_offer(make_product(), price=100_000)


def state(offer: Offer, price: int | None) -> VariantState:
    """The variant with this price and no stock."""
    return VariantState(offer.external_reference, offer.name, price, offer.weight, ())


def seen(offer: Offer) -> tuple[int, bool, int | None]:
    """Price, whether it is for sale, and the product's cheapest price."""
    offer.refresh_from_db()
    offer.product.refresh_from_db()
    return offer.price, offer.is_active, offer.product.price_from


def test_an_older_price_is_dropped(offer: Offer) -> None:
    start = clock.now()
    mirror(state(offer, 120_000), start + LATER)

    mirror(state(offer, 110_000), start + EARLIER)

    assert seen(offer) == (120_000, True, 120_000)


def test_an_older_end_is_dropped(offer: Offer) -> None:
    start = clock.now()
    mirror(state(offer, 120_000), start + LATER)

    mirror_gone(offer.external_reference, start + EARLIER)

    assert seen(offer) == (120_000, True, 120_000)


def test_an_older_price_does_not_bring_back_what_is_gone(offer: Offer) -> None:
    start = clock.now()
    Offer.objects.update(is_active=False)
    mirror_gone(offer.external_reference, start + LATER)

    mirror(state(offer, 110_000), start + EARLIER)

    assert seen(offer)[1] is False


def test_what_is_gone_is_announced_once(offer: Offer) -> None:
    OutboxRow.objects.all().delete()

    for _ in range(2):
        mirror_gone(offer.external_reference, clock.now())

    assert seen(offer) == (100_000, False, None)
    assert list(OutboxRow.objects.values_list("topic", "key")) == [("index", offer.product.code)]


def test_a_strangers_end_changes_nothing(offer: Offer) -> None:
    OutboxRow.objects.all().delete()

    for reference in ("nonsense", "0000000-1", f"{offer.product.code}-99"):
        mirror_gone(reference, clock.now())

    assert seen(offer) == (100_000, True, 100_000)
    assert not OutboxRow.objects.exists()
