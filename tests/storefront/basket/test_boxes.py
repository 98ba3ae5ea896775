"""Gift boxes in a basket: one thing with parts, beside loose pieces and other boxes. Nothing here asks Saleor."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.combos.errors import BadChoice
from catalog.combos.models import Combo, ComboAgreement, PackagingStock
from catalog.offers.models import Offer, OfferStock
from catalog.products.models import Product, Restriction
from storefront.basket import boxes, services
from storefront.basket.errors import BadQuantity, NotForSale, UnknownCombo
from storefront.basket.models import Basket, BasketBox
from storefront.checkout.ways import ways_for
from tests.factories import make_combo, make_offer, make_packaging, make_product, make_sale_point

pytestmark = pytest.mark.django_db


def coffee_and_tea(**facts: object) -> tuple[Combo, Offer, Offer]:
    """Two coffees at 120,000 đ and a tea at 90,000 đ, ten of each at their producers', ten per cent off."""
    coffee, tea = make_offer(make_product("Cà phê")), make_offer(make_product("Trà"), price=90_000)
    return make_combo((coffee, 2), (tea, 1), **{"percent": 10, **facts}), coffee, tea


def the_box(basket: Basket) -> boxes.BoxView:
    """The only one."""
    (box,) = services.see(basket).boxes
    return box


def test_a_box_is_one_thing_with_its_price_its_saving_and_its_parts() -> None:
    combo, coffee, tea = coffee_and_tea()

    basket = boxes.add_combo(None, combo.code, {}, 2)

    view, box = services.see(basket), the_box(basket)
    assert (box.title, box.quantity, box.price, box.total, box.problem) == (combo.title, 2, 322_000, 644_000, "")
    assert box.box
    assert box.box.price
    assert box.box.price.saving == 8_000
    assert box.box.pieces == {coffee.external_reference: 2, tea.external_reference: 1}
    assert (view.subtotal, view.can_order, basket.revision) == (644_000, True, 1)
    assert view.pieces == {
        coffee.external_reference: 4, tea.external_reference: 2, combo.packaging.external_reference: 2,
    }  # fmt: skip


def test_the_same_combo_is_one_row_and_another_choice_another() -> None:
    one, two, three = (make_offer(make_product()) for _ in range(3))
    combo = make_combo((one, 2), (two, 2), (three, 1), kind="choose", choose=2)
    names = [offer.external_reference for offer in (one, two)]

    basket = boxes.add_combo(None, combo.code, {names[0]: 1, names[1]: 1}, 1)
    boxes.add_combo(basket, combo.code, {names[1]: 1, names[0]: 1}, 2)
    boxes.add_combo(basket, combo.code, {names[0]: 2}, 1)

    assert sorted(basket.boxes.values_list("quantity", flat=True)) == [1, 3]


def test_a_box_of_the_buyers_own() -> None:
    packaging = make_packaging()
    coffee, tea = make_offer(make_product()), make_offer(make_product(), price=90_000)

    basket = boxes.add_own(None, packaging.code, {coffee.external_reference: 1, tea.external_reference: 2}, 1)

    box = the_box(basket)
    assert (box.title, box.price, box.problem) == ("Hộp quà tự chọn", 120_000 + 180_000 + 25_000, "")


@pytest.mark.parametrize(
    ("combo", "choice", "quantity", "error"),
    [
        ("0000000", {}, "1", UnknownCombo),
        (None, {}, "0", BadQuantity),
        (None, {}, "51", BadQuantity),
        (None, {}, "hai", BadQuantity),
        (None, {"ABC1234-1": 1}, "1", BadChoice),
    ],
)
def test_what_is_no_box_is_refused(
    combo: str | None, choice: dict[str, int], quantity: str, error: type[Exception]
) -> None:
    made, *_ = coffee_and_tea()

    with pytest.raises(error):
        boxes.add_combo(None, combo or made.code, choice, quantity)

    assert not Basket.objects.exists()


def test_an_own_box_of_unknown_goods_or_too_many_is_refused() -> None:
    packaging, coffee = make_packaging(most_pieces=3), make_offer(make_product())

    for code, choice in ((packaging.code, {"ABC1234-1": 1}), ("0000000", {coffee.external_reference: 1})):
        with pytest.raises(UnknownCombo):
            boxes.add_own(None, code, choice, 1)
    for choice in ({}, {coffee.external_reference: 4}):
        with pytest.raises(BadChoice):
            boxes.add_own(None, packaging.code, choice, 1)


def test_loose_pieces_and_boxes_count_each_other() -> None:
    combo, coffee, _tea = coffee_and_tea()  # ten coffees
    basket = boxes.add_combo(None, combo.code, {}, 3)  # six of them
    services.add(basket, coffee.external_reference, 4)
    assert services.see(basket).can_order

    services.set_quantity(basket, coffee.external_reference, 5)

    view = services.see(basket)
    assert [line.problem for line in view.lines] == ["Chỉ còn 4: xin giảm số lượng."]
    assert [box.problem for box in view.boxes] == [f"{coffee.product.name}: Chỉ còn 2: xin giảm số lượng."]
    assert not view.can_order


def test_two_kinds_of_boxes_count_each_other_and_their_packaging() -> None:
    coffee, tea = make_offer(make_product()), make_offer(make_product())
    packaging = make_packaging(stock=5)
    first, second = make_combo((coffee, 2), packaging=packaging), make_combo((tea, 1), packaging=packaging)
    basket = boxes.add_combo(None, first.code, {}, 3)
    boxes.add_combo(basket, second.code, {}, 2)
    assert services.see(basket).can_order

    boxes.set_boxes(basket, str(BasketBox.objects.get(combo=second).pk), 3)

    assert [box.possible for box in services.see(basket).boxes] == [2, 2]
    assert not services.see(basket).can_order


def test_a_part_in_boxes_and_loose_is_sent_or_collected_only_where_there_is_enough_of_both() -> None:
    point = make_sale_point()
    coffee = make_offer(make_product())
    OfferStock.objects.create(offer=coffee, warehouse=point.warehouse, quantity=6)
    combo = make_combo((coffee, 2), packaging=make_packaging(point))
    basket = boxes.add_combo(None, combo.code, {}, 2)
    services.add(basket, coffee.external_reference, 2)
    assert ways_for(services.see(basket)).points == (point,)

    services.add(basket, coffee.external_reference, 1)

    ways = ways_for(services.see(basket))
    assert (ways.points, ways.no_delivery) == ((), "")
    services.add(basket, coffee.external_reference, 4)
    assert ways_for(services.see(basket)).no_delivery == "stock"


def test_a_box_is_collected_where_it_is_packed_and_nowhere_else() -> None:
    point, other = make_sale_point(), make_sale_point()
    coffee = make_offer(make_product(), stocks={point.warehouse: 9, other.warehouse: 9})
    combo = make_combo((coffee, 1), packaging=make_packaging(point))

    assert ways_for(services.see(boxes.add_combo(None, combo.code, {}, 1))).points == (point,)

    elsewhere = make_combo((coffee, 1), packaging=make_packaging(other))
    both = boxes.add_combo(boxes.add_combo(None, combo.code, {}, 1), elsewhere.code, {}, 1)
    assert ways_for(services.see(both)).points == ()


def test_a_price_that_changed_is_told_until_it_is_accepted() -> None:
    combo, coffee, _tea = coffee_and_tea()
    basket = boxes.add_combo(None, combo.code, {}, 1)
    Offer.objects.filter(pk=coffee.pk).update(price=100_000)

    box = the_box(basket)
    assert (box.price, box.price_was) == (286_000, 322_000)

    boxes.set_boxes(basket, str(box.row.pk), 1)
    basket.refresh_from_db()
    assert (the_box(basket).price_was, basket.revision) == (None, 2)


def test_the_price_that_is_accepted_is_that_of_the_box_as_the_basket_shows_it() -> None:
    coffee, honey = make_offer(make_product()), make_offer(make_product(), price=150_000)
    combo = make_combo((coffee, 2, honey))
    basket = boxes.add_combo(None, combo.code, {}, 1)
    services.add(basket, coffee.external_reference, 9)  # the box takes honey now

    assert the_box(basket).price_was
    boxes.set_boxes(basket, str(the_box(basket).row.pk), 1)
    assert (the_box(basket).price, the_box(basket).price_was) == (325_000, None)


def test_a_change_that_changes_nothing_makes_no_revision() -> None:
    combo, *_ = coffee_and_tea()
    basket = boxes.add_combo(None, combo.code, {}, 2)
    row = basket.boxes.get()

    boxes.set_boxes(basket, str(row.pk), 2)
    for stranger in ("0", "x", str(row.pk + 1), "-1", ""):
        boxes.set_boxes(basket, stranger, 5)
        boxes.remove_boxes(basket, stranger)

    basket.refresh_from_db()
    assert (basket.revision, basket.boxes.get().quantity) == (1, 2)


def test_another_baskets_boxes_cannot_be_named() -> None:
    combo, *_ = coffee_and_tea()
    mine, theirs = boxes.add_combo(None, combo.code, {}, 1), boxes.add_combo(None, combo.code, {}, 1)

    boxes.set_boxes(mine, str(theirs.boxes.get().pk), 7)
    boxes.remove_boxes(mine, str(theirs.boxes.get().pk))

    assert theirs.boxes.get().quantity == 1


def test_boxes_are_taken_out() -> None:
    combo, *_ = coffee_and_tea()
    basket = boxes.add_combo(None, combo.code, {}, 1)

    boxes.remove_boxes(basket, str(basket.boxes.get().pk))

    assert not basket.boxes.exists()
    assert Basket.objects.get().revision == 2


def revoke(combo: Combo, coffee: Offer) -> None:
    """A part loses its certificate."""
    SourceRecord.objects.filter(product=coffee.product).update(status=Status.REVOKED, revoked_on=clock.today())
    refresh_gate([coffee.product_id])


def sell_out(combo: Combo, coffee: Offer) -> None:
    """The last piece of a part is gone."""
    OfferStock.objects.filter(offer=coffee).update(reserved=10)


def use_up(combo: Combo, coffee: Offer) -> None:
    """No packaging is left."""
    PackagingStock.objects.update(reserved=10)


def forbid(combo: Combo, coffee: Offer) -> None:
    """A part turns out to be alcohol."""
    Product.objects.filter(pk=coffee.product_id).update(restriction=Restriction.ALCOHOL)


def raise_floor(combo: Combo, coffee: Offer) -> None:
    """A producer agreed to a higher price than the box gives it."""
    for one in ComboAgreement.objects.filter(combo=combo):
        one.parts = {reference: {**terms, "lowest": 500_000} for reference, terms in one.parts.items()}
        one.save()


def withdraw(combo: Combo, coffee: Offer) -> None:
    """The combo is taken off the shelf."""
    Combo.objects.update(withdrawn_at=clock.now())


def change(combo: Combo, coffee: Offer) -> None:
    """It becomes a combo to choose from."""
    Combo.objects.update(kind="choose", choose=2)


@pytest.mark.parametrize("event", [revoke, sell_out, use_up, forbid, raise_floor, withdraw, change])
def test_what_happens_to_a_part_stops_the_box_and_no_other_line(event: object) -> None:
    combo, coffee, _tea = coffee_and_tea()
    other = make_offer(make_product())
    basket = boxes.add_combo(None, combo.code, {}, 1)
    services.add(basket, other.external_reference, 1)

    event(combo, coffee)  # type: ignore[operator]

    view = services.see(basket)
    assert the_box(basket).problem
    assert [line.problem for line in view.lines] == [""]
    assert (view.can_order, view.subtotal) == (False, 120_000)
    with pytest.raises((NotForSale, BadChoice)):
        boxes.add_combo(None, combo.code, {}, 1)


def test_a_certificate_that_ends_takes_the_box_with_it() -> None:
    combo, coffee, _tea = coffee_and_tea()
    basket = boxes.add_combo(None, combo.code, {}, 1)
    until = coffee.product.listable_until
    assert until

    with clock.as_of(until):
        assert the_box(basket).problem == ""
    with clock.as_of(until + timedelta(days=1)):
        assert "Chứng nhận" in the_box(basket).problem
