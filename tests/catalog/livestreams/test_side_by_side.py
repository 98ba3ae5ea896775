"""Several processes at once, on a database on disk: one change of a version, one draft of a double click, one stop."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.side_by_side import VENDORS, Environment, ask, finish, own_shop, start

WORKERS = "tests.catalog.livestreams.workers"
EVENTS = "list(LivestreamEvent.objects.order_by('pk').values_list('action', flat=True))"


@pytest.fixture(params=VENDORS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Environment]:
    with own_shop(request.param, tmp_path) as environment:
        yield environment


def _at_once(shop: Environment, command: str, *arguments: str) -> list[str]:
    """What one process an argument printed, all let go together."""
    return finish([start(shop, WORKERS, command, one) for one in arguments])


def test_of_changes_at_the_same_moment_one_stands_and_a_stop_comes_once(shop: Environment) -> None:
    _at_once(shop, "prepare", "")

    told = _at_once(shop, "change", "Một", "Hai", "Ba")
    assert sorted(told) == ["in", "livestream_changed", "livestream_changed"]
    title = ask(shop, "Livestream.objects.get().title")
    assert title == ["Một", "Hai", "Ba"][told.index("in")]
    assert ask(shop, EVENTS) == ["made", "confirmed", "changed"]

    assert _at_once(shop, "stop", "A", "B") == ["in", "in"]
    assert ask(shop, EVENTS) == ["made", "confirmed", "changed", "stopped"]


def test_a_double_click_makes_one_draft(shop: Environment) -> None:
    _at_once(shop, "prepare", "")
    assert len(set(_at_once(shop, "draft", "ABCDEF0", "ABCDEF0"))) == 1
    assert ask(shop, "Livestream.objects.count()") == 2


def test_a_withdrawal_comes_once_and_nothing_slips_past_it(shop: Environment) -> None:
    _at_once(shop, "prepare", "")
    drafts = ["ABCDEF0", "ABCDEF1", "ABCDEF2"]
    _at_once(shop, "draft", *drafts)
    publishing = [start(shop, WORKERS, "publish", code) for code in drafts]
    withdrawing = [start(shop, WORKERS, "withdraw", why) for why in ("A", "B")]
    told = finish([*publishing, *withdrawing])

    assert told[3:] == ["in", "in"]
    assert set(told[:3]) <= {"in", "host_not_approved"}
    assert ask(shop, "LiveHostEvent.objects.filter(action='withdrawn').count()") == 1
    assert ask(shop, "Livestream.objects.filter(confirmed_at__isnull=False, stopped_at=None).count()") == 0
