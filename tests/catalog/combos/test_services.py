"""From a draft to the shelf and off it again: the proposer's, each producer's and the officer's steps, and refusals."""

from dataclasses import replace
from typing import Any

import pytest

from catalog import clock
from catalog.append_only import Sealed
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.combos import agreeing, overseeing, services
from catalog.combos.errors import (
    BadCombo,
    BadDiscount,
    BadKeeping,
    Changed,
    FewOptions,
    NoPackaging,
    NotAgreed,
    NotNow,
    NotSellable,
    NotYours,
    PartNotListed,
    PartUnknown,
    ReasonMissing,
    SharesMoved,
)
from catalog.combos.models import Combo, ComboAgreement, ComboEvent, Kind, Packaging
from catalog.combos.offering import box_of, combos, on_offer
from catalog.combos.services import ComboFacts, PartFacts
from catalog.combos.states import State, in_state, state_of
from catalog.offers.models import Offer
from catalog.people.models import ProducerMember, SalePointStaff, User
from catalog.products.codes import new_code
from tests.factories import make_offer, make_packaging, make_product, make_sale_point

pytestmark = pytest.mark.django_db


class World:
    """Coffee of Lan's cooperative, tea of Mai's, honey of nobody's; a box of Hoa's sale point; an officer."""

    def __init__(self) -> None:
        self.coffee = make_offer(make_product("Cà phê"))
        self.tea = make_offer(make_product("Trà"), price=90_000)
        self.honey = make_offer(make_product("Mật ong"), price=150_000)
        self.point = make_sale_point()
        self.box = make_packaging(self.point)
        self.lan, self.mai, self.hoa, self.stranger = (
            User.objects.create(username=name) for name in ("lan", "mai", "hoa", "la")
        )
        self.officer = User.objects.create(username="can-bo", is_officer=True)
        ProducerMember.objects.create(user=self.lan, producer=self.coffee.product.producer)
        ProducerMember.objects.create(user=self.mai, producer=self.tea.product.producer)
        SalePointStaff.objects.create(user=self.hoa, sale_point=self.point)
        self.facts = ComboFacts(
            "Quà Tết cao nguyên", self.box.code, (self.part(self.coffee, 2), self.part(self.tea)), percent=10,
        )  # fmt: skip

    @staticmethod
    def part(offer: Offer, quantity: int = 1, substitute: Offer | None = None) -> PartFacts:
        """As it is typed."""
        return PartFacts(offer.external_reference, quantity, substitute.external_reference if substitute else "")

    def draft(self, **facts: Any) -> Combo:
        """Lan's."""
        owner = self.coffee.product.producer
        return services.make(self.lan, owner, new_code(), replace(self.facts, **facts))

    def proposed(self, **facts: Any) -> Combo:
        """Lan has agreed with it."""
        combo = self.draft(**facts)
        services.propose(self.lan, combo.code, 0, {self.coffee.external_reference: 180})
        return again(combo)

    def agree(self, combo: Combo, lowest: int = 80_999, **more: Any) -> None:
        """Mai does."""
        said = {"lowest": {self.tea.external_reference: lowest}, "keeps": {self.tea.external_reference: 90}, **more}
        agreeing.agree(self.mai, combo.code, self.tea.product.producer_id, combo.terms, **said)

    def approved(self, **facts: Any) -> Combo:
        """All have agreed."""
        combo = self.proposed(**facts)
        self.agree(combo)
        overseeing.approve(combo.code, self.officer, again(combo).version)
        return again(combo)


@pytest.fixture
def world() -> World:
    """Nothing proposed yet."""
    return World()


def again(combo: Combo) -> Combo:
    """Read anew, with all that its box needs."""
    return combos().get(pk=combo.pk)


def log(combo: Combo) -> list[tuple[int, str, str]]:
    """Version, action, and who."""
    rows = ComboEvent.objects.filter(combo=combo)
    return [(row.version, row.action, row.by.username if row.by else "") for row in rows.select_related("by")]


def test_from_a_draft_to_the_shelf(world: World) -> None:
    combo = world.draft()
    assert (state_of(combo), combo.version, combo.terms) == (State.DRAFT, 0, 1)

    combo = world.proposed()
    assert state_of(combo) is State.PROPOSED
    assert agreeing.waiting_for(world.mai) == {(combo.pk, world.tea.product.producer_id)}
    assert agreeing.waiting_for(world.lan) == set()
    with pytest.raises(NotAgreed, match=world.tea.product.producer.name):
        overseeing.approve(combo.code, world.officer, combo.version)

    world.agree(combo)
    assert agreeing.waiting_for(world.mai) == set()
    overseeing.approve(combo.code, world.officer, again(combo).version)

    assert on_offer().get() == combo
    box = box_of(again(combo))
    assert (box.problem, box.possible, box.keeps_days) == ("", 5, 90)
    assert log(combo) == [(0, "made", "lan"), (1, "proposed", "lan"), (2, "agreed", "mai"), (3, "approved", "can-bo")]
    assert ComboAgreement.objects.get(combo=combo, producer=world.coffee.product.producer).parts == {
        world.coffee.external_reference: {"lowest": 107_999, "keeps_days": 180}
    }


@pytest.mark.parametrize("state", State)
def test_rows_are_found_by_the_state_that_they_are_in(world: World, state: State) -> None:
    made = {State.DRAFT: world.draft(), State.PROPOSED: world.proposed(), State.APPROVED: world.approved()}
    made[State.WITHDRAWN] = world.approved()
    overseeing.withdraw(made[State.WITHDRAWN].code, world.officer, "Sai lời kể")
    changed = world.approved()
    services.change(world.lan, changed.code, changed.version, replace(world.facts, percent=5))

    found = set(Combo.objects.filter(in_state(state)))

    assert found == {made[state], *([changed] if state is State.DRAFT else [])}
    assert {state_of(one) for one in found} == {state}


def test_a_repeat_changes_nothing(world: World) -> None:
    owner, code = world.coffee.product.producer, new_code()
    first = services.make(world.lan, owner, code, world.facts)
    assert services.make(world.lan, owner, code, world.facts) == first
    for _ in range(2):
        services.change(world.lan, code, 0, replace(world.facts, title="Tên mới"))
    for _ in range(2):
        services.propose(world.lan, code, 1, {})
    for _ in range(2):
        world.agree(first)
    for _ in range(2):
        overseeing.approve(code, world.officer, 3)
    for _ in range(2):
        services.withdraw(world.lan, code, "Hết mùa")

    assert [action for _, action, _ in log(first)] == ["made", "changed", "proposed", "agreed", "approved", "withdrawn"]
    assert Combo.objects.count() == 1


def test_another_sees_a_changed_combo_only_by_its_new_version(world: World) -> None:
    combo = world.draft()
    services.change(world.lan, combo.code, 0, replace(world.facts, percent=5))

    with pytest.raises(Changed):
        services.change(world.lan, combo.code, 0, replace(world.facts, percent=15))
    with pytest.raises(Changed):
        services.propose(world.lan, combo.code, 0, {})
    combo = again(combo)
    assert (combo.percent, combo.version) == (5, 1)


def test_texts_are_no_terms_and_parts_pieces_substitutes_discount_and_box_are(world: World) -> None:
    combo = world.approved()
    texts = replace(world.facts, title="Quà Tết", title_en="Tet gift", story="Từ cao nguyên.", occasion="tet",
                    province_code="68")  # fmt: skip
    services.change(world.lan, combo.code, combo.version, texts)
    combo = again(combo)
    assert (combo.terms, state_of(combo), combo.title_en, combo.slug) == (1, State.APPROVED, "Tet gift", "qua-tet")
    assert box_of(combo).problem == ""

    number = 1
    for change in (
        {"percent": 5}, {"percent": 0, "fixed_price": 300_000}, {"parts": (world.part(world.coffee),)},
        {"parts": (world.part(world.coffee, 3), world.part(world.tea))},
        {"parts": (world.part(world.coffee, 2, world.honey), world.part(world.tea))},
        {"packaging": make_packaging(world.point).code}, {"kind": Kind.CHOOSE, "choose": 2},
    ):  # fmt: skip
        number += 1
        services.change(world.lan, combo.code, again(combo).version, replace(texts, **change))
        combo = again(combo)
        assert (combo.terms, state_of(combo)) == (number, State.DRAFT)
    assert not on_offer().exists()
    with pytest.raises(NotNow):
        world.agree(combo)


def test_a_strangers_combo_does_not_exist(world: World) -> None:
    combo = world.proposed()
    producer = world.tea.product.producer_id
    for user in (world.stranger, world.mai, world.hoa):
        with pytest.raises(NotYours):
            services.change(user, combo.code, 1, world.facts)
        with pytest.raises(NotYours):
            services.propose(user, combo.code, 1, {})
        with pytest.raises(NotYours):
            services.withdraw(user, combo.code, "x")
    for user in (world.stranger, world.lan, world.hoa):
        with pytest.raises(NotYours):
            agreeing.agree(user, combo.code, producer, 1, lowest={world.tea.external_reference: 1}, keeps={})
        with pytest.raises(NotYours):
            agreeing.decline(user, combo.code, producer, "x")
    with pytest.raises(NotYours):  # Mai's own draft of another's producer
        services.make(world.mai, world.coffee.product.producer, new_code(), world.facts)
    with pytest.raises(Changed):  # the code is Lan's
        services.make(world.mai, world.tea.product.producer, combo.code, world.facts)
    assert [action for _, action, _ in log(combo)] == ["made", "proposed"]


def test_a_producer_is_not_asked_about_a_draft(world: World) -> None:
    combo = world.draft()
    assert agreeing.waiting_for(world.mai) == set()
    with pytest.raises(NotYours):
        world.agree(combo)


@pytest.mark.parametrize(
    ("error", "wrong"),
    [
        (BadCombo, {"title": " \n"}), (BadCombo, {"story": "x" * 4001}), (BadCombo, {"occasion": "halloween"}),
        (BadCombo, {"province_code": "99"}), (BadCombo, {"kind": "own"}), (BadDiscount, {"percent": 51}),
        (BadDiscount, {"percent": -1}), (BadDiscount, {"fixed_price": 100_000}), (NoPackaging, {"packaging": "x"}),
        (FewOptions, {"kind": Kind.CHOOSE}), (BadDiscount, {"choose": 3}),
        (BadDiscount, {"kind": Kind.CHOOSE, "choose": 2, "percent": 0, "fixed_price": 100_000}),
        (PartUnknown, {"parts": (PartFacts("0000000-1", 1),)}),
    ],
)  # fmt: skip
def test_what_no_draft_can_hold(world: World, error: type[Exception], wrong: dict[str, Any]) -> None:
    combo = world.draft()
    with pytest.raises(error):
        services.make(world.lan, world.coffee.product.producer, new_code(), replace(world.facts, **wrong))
    with pytest.raises(error):
        services.change(world.lan, combo.code, 0, replace(world.facts, **wrong))
    assert Combo.objects.get().version == 0


def test_parts_stand_once_in_bounds_and_not_for_themselves(world: World) -> None:
    coffee = world.part(world.coffee)
    for parts in (
        (coffee, coffee), (replace(coffee, quantity=0),), (replace(coffee, quantity=21),),
        (world.part(world.coffee, 1, world.coffee),),
    ):  # fmt: skip
        with pytest.raises(PartUnknown):
            world.draft(parts=parts)


def test_a_part_that_is_no_longer_listed_can_be_neither_proposed_nor_approved(world: World) -> None:
    draft, waiting = world.draft(), world.proposed()
    world.agree(waiting)
    SourceRecord.objects.filter(product=world.tea.product).update(status=Status.REVOKED, revoked_on=clock.today())
    refresh_gate([world.tea.product_id])

    with pytest.raises(PartNotListed):
        services.propose(world.lan, draft.code, 0, {})
    with pytest.raises(PartNotListed):
        overseeing.approve(waiting.code, world.officer, 2)
    assert state_of(again(draft)) is State.DRAFT
    assert state_of(again(waiting)) is State.PROPOSED


def test_a_sale_point_proposes_with_its_own_boxes_alone(world: World) -> None:
    combo = services.make(world.hoa, world.point, new_code(), world.facts)
    other = make_packaging()
    with pytest.raises(NoPackaging):
        services.change(world.hoa, combo.code, 0, replace(world.facts, packaging=other.code))
    services.propose(world.hoa, combo.code, 0, {})

    assert agreeing.waiting_for(world.lan) == {(combo.pk, world.coffee.product.producer_id)}
    assert combo.producer is None
    with pytest.raises(NotYours):
        services.withdraw(world.lan, combo.code, "x")
    Packaging.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(NoPackaging):
        world.draft(packaging=other.code)


def test_who_agrees_was_shown_what_a_piece_gets(world: World) -> None:
    combo = world.proposed()
    for lowest in (81_000, 200_000):  # prices fell since it looked
        with pytest.raises(SharesMoved):
            world.agree(combo, lowest=lowest)
    with pytest.raises(SharesMoved):
        agreeing.agree(world.mai, combo.code, world.tea.product.producer_id, 1, lowest={}, keeps={})
    with pytest.raises(BadKeeping):
        world.agree(combo, keeps={world.tea.external_reference: 0})
    with pytest.raises(Changed):
        agreeing.agree(
            world.mai, combo.code, world.tea.product.producer_id, 2,
            lowest={world.tea.external_reference: 80_999}, keeps={},
        )  # fmt: skip
    assert again(combo).agreements.count() == 1


def test_one_whose_own_price_fell_agrees_anew_and_it_is_sold_again(world: World) -> None:
    combo = world.approved()
    Offer.objects.filter(pk=world.tea.pk).update(price=80_000)
    assert world.tea.product.producer.name in box_of(again(combo)).problem

    world.agree(combo, lowest=71_999)

    assert box_of(again(combo)).problem == ""
    assert again(combo).agreements.count() == 2


def test_another_producers_price_never_stops_a_percentage_and_does_stop_a_fixed_price(world: World) -> None:
    percent, fixed = world.approved(), world.proposed(percent=0, fixed_price=297_000)
    world.agree(fixed, lowest=81_000)
    overseeing.approve(fixed.code, world.officer, 2)
    Offer.objects.filter(pk=world.coffee.pk).update(price=133_333)

    assert box_of(again(percent)).problem == ""
    assert world.tea.product.producer.name in box_of(again(fixed)).problem


def test_a_decline_makes_it_a_draft_that_can_be_changed_and_proposed_again(world: World) -> None:
    combo = world.proposed()
    producer = world.tea.product.producer_id
    with pytest.raises(ReasonMissing):
        agreeing.decline(world.mai, combo.code, producer, " ")
    for _ in range(2):
        agreeing.decline(world.mai, combo.code, producer, "Mùa này không đủ hàng")
    combo = again(combo)
    assert (state_of(combo), combo.reason) == (State.DRAFT, "Mùa này không đủ hàng")

    services.change(world.lan, combo.code, combo.version, replace(world.facts, percent=5))
    services.propose(world.lan, combo.code, again(combo).version, {})

    assert (again(combo).reason, state_of(again(combo))) == ("", State.PROPOSED)
    assert agreeing.waiting_for(world.mai) == {(combo.pk, producer)}
    assert [action for _, action, _ in log(combo)] == ["made", "proposed", "declined", "changed", "proposed"]


def test_an_agreement_taken_back_takes_it_off_the_shelf_at_once(world: World) -> None:
    combo = world.approved()

    agreeing.decline(world.mai, combo.code, world.tea.product.producer_id, "Hết trà")

    assert not on_offer().exists()
    assert box_of(again(combo)).possible == 0
    assert state_of(again(combo)) is State.DRAFT
    services.propose(world.lan, combo.code, 4, {})
    with pytest.raises(NotAgreed):
        overseeing.approve(combo.code, world.officer, 5)
    assert not on_offer().exists()


@pytest.mark.parametrize("who", ["lan", "officer"])
def test_withdrawn_it_is_off_at_once_and_wants_a_new_approval(world: World, who: str) -> None:
    combo = world.approved()
    with pytest.raises(ReasonMissing):
        overseeing.withdraw(combo.code, world.officer, "")
    if who == "lan":
        services.withdraw(world.lan, combo.code, "Hết mùa")
    else:
        overseeing.withdraw(combo.code, world.officer, "Lời kể sai")
    assert not on_offer().exists()
    with pytest.raises(Changed):
        overseeing.approve(combo.code, world.officer, 3)

    services.propose(world.lan, combo.code, 4, {})

    assert state_of(again(combo)) is State.PROPOSED
    assert not on_offer().exists()
    overseeing.approve(combo.code, world.officer, 5)
    assert on_offer().get() == combo


def test_an_officer_refuses_with_a_reason_and_late_steps_are_refused(world: World) -> None:
    combo = world.proposed()
    with pytest.raises(ReasonMissing):
        overseeing.refuse(combo.code, world.officer, 1, "")
    with pytest.raises(Changed):
        overseeing.refuse(combo.code, world.officer, 0, "Lời kể bịa")
    overseeing.refuse(combo.code, world.officer, 1, "Lời kể bịa")

    assert (again(combo).reason, state_of(again(combo))) == ("Lời kể bịa", State.DRAFT)
    with pytest.raises(NotNow):
        overseeing.approve(combo.code, world.officer, 2)


def test_what_would_not_be_sold_today_is_not_approved(world: World) -> None:
    combo = world.proposed()
    world.agree(combo)
    Offer.objects.filter(pk=world.tea.pk).update(price=80_000)

    with pytest.raises(NotSellable, match=world.tea.product.producer.name):
        overseeing.approve(combo.code, world.officer, 2)
    assert state_of(again(combo)) is State.PROPOSED


def test_telephone_numbers_are_taken_out_and_the_log_is_sealed(world: World) -> None:
    combo = world.draft(story="Gọi 0912345678 nhé.\nChè ngon.")
    assert "0912345678" not in combo.story
    assert combo.story.count("\n") == 1
    with pytest.raises(Sealed):
        ComboEvent.objects.filter(combo=combo).update(reason="x")
