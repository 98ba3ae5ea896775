"""The sample's livestream: announced, with combos and products pinned, and made once."""

import pytest

from catalog import clock
from catalog.livestreams import pins
from catalog.livestreams.models import COMBO, LiveHost, Livestream
from catalog.livestreams.states import State, state
from catalog.people.models import SalePointStaff
from deploy.cli.seed_livestreams import make_livestream
from ocop_sync.sample.livestreams import COMBOS, POINT, PRODUCTS
from tests.factories import make_combo, make_offer, make_packaging, make_product, make_sale_point, make_warehouse

pytestmark = pytest.mark.django_db


def test_it_is_announced_with_what_its_sale_point_packs_and_sells_once() -> None:
    point = make_sale_point(slug=POINT, is_sample=True)
    for _ in range(COMBOS + PRODUCTS):
        product = make_product()
        stocks = {point.warehouse: 9, make_warehouse(producer=product.producer): 9}
        make_combo((make_offer(product, stocks=stocks), 1), packaging=make_packaging(point))

    for _ in range(2):
        make_livestream()

    session = Livestream.objects.get()
    assert state(session, clock.now()) is State.ANNOUNCED
    shown = [one.key.startswith(COMBO) for one in pins.shown(session.pk, clock.today())]
    assert shown == [True] * COMBOS + [False] * PRODUCTS
    assert LiveHost.objects.get().owner == point
    assert not SalePointStaff.objects.exists()
