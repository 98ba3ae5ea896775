"""Several processes at once, on a database on disk: one decision of a version, and a withdrawal ends every sale."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.side_by_side import VENDORS, Environment, ask, finish, own_shop, start

EVENTS = "list(ComboEvent.objects.order_by('pk').values_list('action', flat=True))"


@pytest.fixture(params=VENDORS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Environment]:
    with own_shop(request.param, tmp_path) as environment:
        yield environment


def _at_once(shop: Environment, *commands: tuple[str, str]) -> list[str]:
    """What one process a command printed, all let go together."""
    return finish([start(shop, "tests.catalog.combos.workers", *command) for command in commands])


def test_of_two_decisions_at_the_same_moment_one_stands(shop: Environment) -> None:
    _at_once(shop, ("prepare", ""))

    told = _at_once(shop, ("approve", "A"), ("approve", "B"), ("refuse", "B"))

    assert sorted(told) == ["combo_changed", "combo_changed", "in"]
    assert ask(shop, EVENTS) == [["approved", "approved", "refused"][told.index("in")]]


def test_withdrawn_while_it_is_approved_it_is_not_for_sale_in_either_order(shop: Environment) -> None:
    _at_once(shop, ("prepare", ""))

    approved, withdrawn = _at_once(shop, ("approve", "A"), ("withdraw", "lan"))

    assert withdrawn == "in"
    assert ask(shop, EVENTS) == (["approved", "withdrawn"] if approved == "in" else ["withdrawn"])
    assert ask(shop, "Combo.objects.filter(approved_terms=F('terms'), withdrawn_at=None).count()") == 0
