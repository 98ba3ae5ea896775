"""Several processes at once, on a database on disk: one run of what is due, rows made once, one release."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ocop_sync.configured.files import SOUND, write_sources
from tests.ocop_sync.tables import row, write
from tests.side_by_side import VENDORS, Environment, ask, finish, own_shop, start

WORKERS = "tests.ocop_sync.configured.workers"


@pytest.fixture(params=VENDORS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Environment]:
    write_sources(tmp_path / "sources.toml", nguon=SOUND)
    write(tmp_path / "bang.csv", [row(n) for n in range(1, 40)])
    with own_shop(request.param, tmp_path) as environment:
        yield environment


def at_once(shop: Environment, command: str, times: int) -> list[str]:
    return finish([start(shop, WORKERS, command, "nguon") for _ in range(times)])


def rows(shop: Environment, code: str) -> list:
    return ask(shop, f"__import__('ocop_sync.models').models.{code}")


def test_rows_are_made_once_by_two_beats(shop: Environment) -> None:
    assert at_once(shop, "due", 4) == ["not due"] * 4
    assert rows(shop, "SourceSchedule.objects.count()") == 1


def test_what_is_due_is_run_once_however_many_are_woken(shop: Environment) -> None:
    at_once(shop, "due", 1)
    rows(shop, "SourceSchedule.objects.update(available_at='2026-01-01T00:00:00Z')")

    told = at_once(shop, "sync", 4)

    assert sorted(told) == ["left", "left", "left", "ran"]
    assert rows(shop, "Run.objects.count()") == 1
    assert (
        ask(shop, "[SourceRecord.objects.count(), Product.objects.count(), ListingChange.objects.count()]") == [39] * 3
    )


def test_a_button_pressed_by_many_is_one_run(shop: Environment) -> None:
    at_once(shop, "due", 1)

    assert set(at_once(shop, "press", 3)) == {"in"}
    assert sorted(at_once(shop, "sync", 3)) == ["left", "left", "ran"]
    assert rows(shop, "Run.objects.count()") == 1


def test_the_lease_is_renewed_while_the_process_is_at_it(shop: Environment) -> None:
    at_once(shop, "due", 1)
    at_once(shop, "press", 1)

    assert at_once(shop, "hold", 1) == ["ran"]
    assert (
        rows(shop, "SourceSchedule.objects.filter(leased_until=None, lease_owner='').exclude(good_at=None).count()")
        == 1
    )


def test_who_lost_the_lease_writes_nothing_over_the_one_who_has_it(shop: Environment) -> None:
    at_once(shop, "due", 1)
    at_once(shop, "press", 1)

    assert at_once(shop, "lose", 1) == ["other:1:ab None"]
