"""The sample's gift combos: made once through the services, whatever cut them off."""

from typing import Any

import pytest

from catalog.combos import overseeing
from catalog.combos.models import Combo, ComboEvent, Packaging
from catalog.combos.offering import cheapest_box, combos
from catalog.combos.states import State, state_of
from catalog.people.models import ProducerMember, SalePointStaff, User
from catalog.products.models import Product
from catalog.saleor.client import Saleor
from catalog.text import name_key
from deploy.cli.seed_combos import NOBODY, make_combos
from ocop_sync.sample.combos import COMBOS, PACKAGINGS
from tests.factories import make_offer, make_producer, make_product
from tests.storefront.world import open_point

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample(at_home: Saleor) -> None:
    """What the sample's combos are made of: their points and offers."""
    for slug in {one.point for one in PACKAGINGS}:
        open_point(slug=slug, is_sample=True)
    wanted = {(part.product, part.number) for one in COMBOS for part in one.parts}
    wanted |= {(part.substitute, 1) for one in COMBOS for part in one.parts if part.substitute}
    for name, number in sorted(wanted | {(one.by, 1) for one in COMBOS if one.by}):
        product = Product.objects.filter(name_key=name_key(name)).first()
        product = product or make_product(name, producer=make_producer(is_sample=True))
        make_offer(product, number=number, price=180_000)


def picture() -> list[tuple[str, int, str]]:
    """Each combo with its version and state."""
    return [(one.title, one.version, str(state_of(one))) for one in Combo.objects.order_by("title")]


def test_they_are_on_sale_but_the_one_that_waits_and_nobody_speaks_for_them_afterwards(sample: None) -> None:
    make_combos()

    made = {one.title: one for one in combos()}
    assert made.keys() == {one.title for one in COMBOS}
    for one in COMBOS:
        state = state_of(made[one.title])
        assert state is (State.PROPOSED if one.waits_for else State.APPROVED), one.title
        if not one.waits_for:
            assert cheapest_box(made[one.title]).possible > 0, one.title
    assert not ProducerMember.objects.exists()
    assert not SalePointStaff.objects.exists()
    assert not User.objects.get(username=NOBODY).is_active


def test_a_repeat_changes_nothing_and_what_was_cut_off_is_ended(sample: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as cut:
        cut.setattr(overseeing, "approve", killed)
        with pytest.raises(SystemExit):
            make_combos()
    assert [state for _, _, state in picture()] == ["proposed"]
    make_combos()
    before, events, boxes = picture(), ComboEvent.objects.count(), Packaging.objects.count()
    assert len(before) == len(COMBOS)

    make_combos()

    assert (picture(), ComboEvent.objects.count(), Packaging.objects.count()) == (before, events, boxes)
    assert boxes == len(PACKAGINGS)


def test_every_story_is_told_in_both_languages() -> None:
    for one in COMBOS:
        assert all((one.title, one.title_en, one.story, one.story_en)), one.title
        assert max(len(one.story), len(one.story_en)) <= 4000
    assert len({one.title for one in COMBOS}) == len(COMBOS)
