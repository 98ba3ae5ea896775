"""Which combos which list shows: what can be had today, and for the right reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.combos import lists
from catalog.combos.models import Combo
from catalog.offers.models import Offer, OfferStock
from tests.factories import make_combo, make_offer, make_producer, make_product

pytestmark = pytest.mark.django_db


def offer() -> Offer:
    """Of a producer of its own."""
    return make_offer(make_product(producer=make_producer()))


def shelf(**asked: object) -> list[str]:
    """All that the list shows."""
    return [one.combo.code for _start, one in lists.page(**asked, most=1000).rows]  # type: ignore[arg-type]


def codes(found: list[lists.Listed]) -> list[str]:
    return [one.combo.code for one in found]


def test_a_product_and_its_producer_know_the_combos_that_hold_them_today() -> None:
    coffee, tea = offer(), offer()
    combo = make_combo((coffee, 1, tea))
    assert codes(lists.with_product(coffee.product_id, 4)) == [combo.code]
    assert codes(lists.of_producer(coffee.product.producer_id, 4)) == [combo.code]
    OfferStock.objects.filter(offer=coffee).delete()  # now the tea stands in
    assert lists.with_product(coffee.product_id, 4) == []
    assert lists.of_producer(coffee.product.producer_id, 4) == []
    OfferStock.objects.filter(offer=tea).delete()
    assert shelf() == []


def test_among_what_may_be_chosen_only_what_there_is() -> None:
    offers = [offer() for _ in range(4)]
    combo = make_combo(*((one, 2) for one in offers), kind="choose", choose=3)
    assert codes(lists.with_product(offers[3].product_id, 4)) == [combo.code]
    OfferStock.objects.filter(offer=offers[3]).delete()
    assert lists.with_product(offers[3].product_id, 4) == []
    assert shelf() == [combo.code]


@pytest.mark.parametrize(
    "words", ["quà miệt vườn", "miet vuon", "Ben Tre", "tra vinh", "vĩnh long", "combo bến tre", "tết", "orchard"]
)
def test_words_find_by_title_occasion_and_province_old_or_new(words: str) -> None:
    combo = make_combo(
        (offer(), 1), title="Miệt vườn", title_en="Orchard", occasion="tet", province_code="86"
    )  # Vĩnh Long of today, with Bến Tre and Trà Vinh
    make_combo((offer(), 1), title="Cao nguyên")
    assert codes(lists.named(words, 3)) == [combo.code]


@pytest.mark.parametrize("words", ["", "  ", "%", "mien", "miệt biển"])
def test_words_that_are_not_there_find_nothing(words: str) -> None:
    make_combo((offer(), 1), title="Miệt vườn")
    assert lists.named(words, 3) == []


def test_what_cannot_be_had_leaves_its_place_to_the_next() -> None:
    made = [make_combo((offer(), 1), title=f"Quà {n}") for n in range(5)]
    for combo in made[3:]:
        gone = combo.parts.get().offer.product
        SourceRecord.objects.filter(product=gone).update(status=Status.REVOKED)
        refresh_gate([gone.pk])
    assert codes(lists.named("quà", 2)) == codes(lists.for_home(2)) == [made[2].code, made[1].code]


def test_home_shows_what_is_of_the_season_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "SEASONS", {"tet": range(1, 13)})
    tet = make_combo((offer(), 1), occasion="tet")
    other = make_combo((offer(), 1), occasion="cuoi-hoi")
    assert codes(lists.for_home(4)) == [tet.code, other.code]


def test_a_product_in_no_combo_costs_one_short_question() -> None:
    make_combo((offer(), 1))
    alone = offer()
    with CaptureQueriesContext(connection) as queries:
        assert lists.with_product(alone.product_id, 4) == []
    assert len(queries) == 1
    assert Combo.objects.count() == 1
