"""A combo as it stands today: the gate, policy, prices, stock and agreements are asked each time."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.combos.errors import BadChoice
from catalog.combos.models import Combo, ComboAgreement, PackagingStock
from catalog.combos.offering import Box, box_of, cheapest_box, combos, on_offer, options, own_box, packagings
from catalog.offers.models import Offer, OfferStock
from catalog.products.models import Product, Restriction
from tests.factories import agree, make_combo, make_offer, make_packaging, make_product, make_sale_point

pytestmark = pytest.mark.django_db


def today(combo: Combo, choice: dict[str, int] | None = None, **more: dict[str, int]) -> Box:
    """The combo's box, read anew."""
    return box_of(combos().get(pk=combo.pk), choice or {}, **more)


def coffee_and_tea(**facts: object) -> tuple[Combo, Offer, Offer]:
    """Two coffees and a tea of two producers, 120,000 and 90,000 đ a piece, ten each in their stores."""
    coffee, tea = make_offer(make_product("Cà phê")), make_offer(make_product("Trà"), price=90_000)
    return make_combo((coffee, 2), (tea, 1), **facts), coffee, tea


def test_a_box_costs_its_parts_less_the_discount_and_its_packaging() -> None:
    combo, coffee, tea = coffee_and_tea(percent=10)
    box = today(combo)
    assert box.problem == ""
    assert box.price
    assert (box.price.alone, box.price.goods, box.price.total) == (330_000, 297_000, 322_000)
    assert sum(line.total for line in box.lines) == 297_000
    assert {line.reference for line in box.lines} == {coffee.external_reference, tea.external_reference}
    assert (box.deliverable, box.collectable) == (5, 0)
    assert box.keeps_days == 30


def test_what_lies_on_the_packing_points_shelf_can_be_collected_there_and_nowhere_else() -> None:
    point, other = make_sale_point(), make_sale_point()
    coffee = make_offer(make_product(), stocks={point.warehouse: 7, other.warehouse: 50})
    combo = make_combo((coffee, 2), packaging=make_packaging(point, stock=9))
    assert (today(combo).deliverable, today(combo).collectable) == (0, 3)
    point.is_open = False
    point.save()
    assert today(combo).possible == 0


def test_the_packaging_bounds_the_boxes() -> None:
    combo, *_ = coffee_and_tea(packaging=make_packaging(stock=3))
    assert today(combo).deliverable == 3
    PackagingStock.objects.update(reserved=3)
    assert today(combo).possible == 0


def test_what_the_basket_wants_besides_is_taken_off() -> None:
    combo, coffee, _tea = coffee_and_tea()
    assert today(combo, elsewhere={coffee.external_reference: 7}).possible == 1
    assert today(combo, elsewhere={coffee.external_reference: 9}).possible == 0
    assert today(combo, elsewhere={combo.packaging.external_reference: 8}).possible == 2


@pytest.mark.parametrize("status", [Status.REVOKED, Status.SUSPENDED])
def test_a_part_that_is_delisted_takes_the_combo_with_it(status: Status) -> None:
    combo, coffee, _tea = coffee_and_tea()
    SourceRecord.objects.filter(product=coffee.product).update(status=status, revoked_on=clock.today())
    refresh_gate([coffee.product_id])
    box = today(combo)
    assert coffee.product.name in box.problem
    assert box.possible == 0


def test_an_agreed_substitute_stands_in_for_a_part_that_is_sold_out_and_goes_again() -> None:
    coffee, honey = make_offer(make_product("Cà phê")), make_offer(make_product("Mật ong"), price=150_000)
    combo = make_combo((coffee, 2, honey))
    OfferStock.objects.filter(offer=coffee).update(reserved=9)
    box = today(combo)
    assert [(part.offer, part.replaces) for part in box.parts] == [(honey, coffee)]
    assert box.price
    assert box.price.goods == 300_000
    assert box.possible == 5
    OfferStock.objects.filter(offer=coffee).update(reserved=0)
    assert [part.replaces for part in today(combo).parts] == [None]


def test_a_substitute_that_is_not_agreed_to_is_not_sold() -> None:
    coffee, honey = make_offer(make_product("Cà phê")), make_offer(make_product("Mật ong"), price=150_000)
    combo = make_combo((coffee, 2, honey))
    ComboAgreement.objects.filter(producer=honey.product.producer).delete()
    OfferStock.objects.filter(offer=coffee).update(reserved=10)
    assert honey.product.producer.name in today(combo).problem


def test_a_substitute_that_is_in_the_box_already_makes_one_part() -> None:
    coffee, tea = make_offer(make_product("Cà phê")), make_offer(make_product("Trà"), price=90_000)
    combo = make_combo((coffee, 1, tea), (tea, 2))
    OfferStock.objects.filter(offer=coffee).delete()
    box = today(combo)
    assert box.pieces == {tea.external_reference: 3}
    assert box.possible == 3


def test_nobody_gets_less_than_it_agreed_to() -> None:
    combo, coffee, _tea = coffee_and_tea(percent=10, lowest=81_000)
    assert today(combo).problem == ""
    Offer.objects.filter(pk=coffee.pk).update(price=89_000)
    assert coffee.product.producer.name in today(combo).problem


def test_changed_terms_want_a_new_agreement_and_a_new_approval() -> None:
    combo, *_ = coffee_and_tea()
    combo.terms = 2
    combo.save()
    assert today(combo).problem
    assert not on_offer().exists()
    combo.approved_terms = 2
    combo.save()
    assert "chưa đồng ý" in today(combo).problem
    agree(combo)
    assert today(combo).problem == ""
    assert on_offer().get() == combo


def test_a_fixed_price_that_saves_nothing_any_more_is_not_sold() -> None:
    combo, coffee, _tea = coffee_and_tea(fixed_price=300_000)
    assert today(combo).problem == ""
    Offer.objects.filter(pk=coffee.pk).update(price=100_000)
    box = today(combo)
    assert "không còn rẻ hơn" in box.problem
    assert box.price is None


@pytest.mark.parametrize("restriction", [Restriction.ALCOHOL, Restriction.SERVICE, Restriction.LIVE])
def test_restrictions_of_parts_are_inherited(restriction: Restriction) -> None:
    combo, coffee, _tea = coffee_and_tea()
    Product.objects.filter(pk=coffee.product_id).update(restriction=restriction)
    assert coffee.product.name in today(combo).problem


def test_a_health_product_is_in_no_discounted_box() -> None:
    combo, coffee, _tea = coffee_and_tea(percent=5)
    Product.objects.filter(pk=coffee.product_id).update(restriction=Restriction.HEALTH)
    assert "số xác nhận" in today(combo).problem
    Combo.objects.filter(pk=combo.pk).update(percent=0)
    assert today(combo).problem == ""


def test_the_box_holds_until_the_first_certificate_ends() -> None:
    combo, coffee, _tea = coffee_and_tea()
    ends = clock.today() + timedelta(days=9)
    Product.objects.filter(pk=coffee.product_id).update(listable_until=ends)
    assert today(combo).until == ends


class TestChoosing:
    """Any three of three, two of the first at most."""

    def combo(self) -> tuple[Combo, list[Offer]]:
        offers = [make_offer(make_product(), price=price) for price in (50_000, 70_000, 90_000)]
        parts = [(offers[0], 2), (offers[1], 1), (offers[2], 3)]
        return make_combo(*parts, kind="choose", choose=3, percent=10), offers

    def test_what_is_chosen_is_in_the_box(self) -> None:
        combo, (first, second, _third) = self.combo()
        box = today(combo, {first.external_reference: 2, second.external_reference: 1})
        assert box.pieces == {first.external_reference: 2, second.external_reference: 1}
        assert box.price
        assert box.price.goods == 153_000

    def test_another_number_too_many_of_one_or_a_stranger_is_refused(self) -> None:
        combo, (first, second, third) = self.combo()
        stranger = make_offer(make_product())
        for choice in (
            {first.external_reference: 2},
            {first.external_reference: 3},
            {second.external_reference: 2, third.external_reference: 1},
            {first.external_reference: 2, stranger.external_reference: 1},
            {first.external_reference: 2, second.external_reference: -1, third.external_reference: 2},
            {},
        ):
            with pytest.raises(BadChoice):
                today(combo, choice)

    def test_a_list_shows_the_cheapest_that_can_be_had(self) -> None:
        combo, (first, second, third) = self.combo()
        assert cheapest_box(combos().get()).pieces == {first.external_reference: 2, second.external_reference: 1}
        OfferStock.objects.filter(offer=first).delete()
        box = cheapest_box(combos().get())
        assert box.pieces == {second.external_reference: 1, third.external_reference: 2}
        assert [option.possible for option in options(combos().get())] == [0, 1, 3]
        OfferStock.objects.filter(offer=third).update(quantity=1)
        assert cheapest_box(combos().get()).possible == 0
        OfferStock.objects.filter(offer=third).delete()
        assert cheapest_box(combos().get()).possible == 0
        assert combo.choose == 3

    def test_a_fixed_box_has_nothing_to_choose(self) -> None:
        combo, coffee, _tea = coffee_and_tea()
        with pytest.raises(BadChoice):
            today(combo, {coffee.external_reference: 2})


def test_a_box_of_ones_own_costs_its_pieces_and_its_packaging() -> None:
    packaging = packagings().get(pk=make_packaging(most_pieces=4).pk)
    coffee = Offer.objects.prefetch_related("stocks__warehouse").get(pk=make_offer(make_product()).pk)
    box = own_box(packaging, [(coffee, 3)])
    assert box.price
    assert (box.price.total, box.price.saving, box.deliverable) == (385_000, 0, 3)
    for parts in ([], [(coffee, 5)], [(coffee, 0)]):
        with pytest.raises(BadChoice):
            own_box(packaging, parts)


def test_many_combos_are_read_with_a_fixed_number_of_queries(django_assert_max_num_queries: object) -> None:
    for _ in range(3):
        coffee_and_tea()
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        assert len([cheapest_box(combo) for combo in on_offer()]) == 3
