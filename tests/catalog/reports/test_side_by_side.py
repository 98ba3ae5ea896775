"""Several processes at once, on a database on disk: one report of a double click, a limit that holds, one decision."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from catalog import clock
from tests.side_by_side import VENDORS, Environment, ask, finish, own_shop, start


@pytest.fixture(params=VENDORS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Environment]:
    with own_shop(request.param, tmp_path) as environment:
        yield environment


def _at_once(shop: Environment, command: str, *arguments: str) -> list[str]:
    """What one process an argument printed, all let go together."""
    return finish([start(shop, "tests.catalog.reports.workers", command, one) for one in arguments])


def _photos(shop: Environment) -> list[Path]:
    return list((Path(shop["CHOSAO_HOME"]) / "private").rglob("*.jpg"))


def test_a_double_click_is_one_report_with_one_photo(shop: Environment) -> None:
    told = _at_once(shop, "submit", *["a" * 22] * 4)

    assert len(set(told)) == 1
    assert ask(shop, "[m.objects.count() for m in (Report, ReportPhoto, ReportEvent)]") == [1, 1, 1]
    assert len(_photos(shop)) == 1


def test_what_is_stored_is_for_nobody_else_on_the_machine_and_outside_of_the_media(shop: Environment) -> None:
    _at_once(shop, "submit", "a" * 22)

    (photo,) = _photos(shop)

    assert photo.stat().st_mode & 0o777 == 0o600
    assert photo.parent.stat().st_mode & 0o777 == 0o700
    assert not list((Path(shop["CHOSAO_HOME"]) / "media").rglob("*"))


def test_an_hours_limit_holds_for_many_at_once(shop: Environment) -> None:
    told = _at_once(shop, "admit", *["3"] * 6)

    assert sorted(told) == ["in"] * 3 + ["too_many_reports"] * 3
    assert sorted(ask(shop, "list(Quota.objects.values_list('count', flat=True))")) == [3, 3]


def test_of_two_officers_at_once_one_has_it(shop: Environment) -> None:
    _at_once(shop, "submit", "a" * 22)
    ask(shop, "[User.objects.create(username=n, email=n, is_officer=True).pk for n in ('an', 'binh')]")

    told = _at_once(shop, "take", "an", "binh")

    assert sorted(told) == ["in", "report_changed"]
    assert ask(shop, "[Report.objects.get().version, ReportEvent.objects.count()]") == [1, 2]
    assert ask(shop, "[Report.objects.get().officer.username]") == [("an", "binh")[told.index("in")]]


def test_two_tidyings_at_once_delete_once(shop: Environment) -> None:
    _at_once(shop, "submit", "a" * 22)
    moment = (clock.now() + timedelta(days=91)).isoformat()
    ask(shop, "Report.objects.update(closed_at='2026-01-01T00:00:00Z', state='not_confirmed')")

    told = _at_once(shop, "tidy", moment, moment)

    assert sorted(told) == ["0", "1"]
    assert _photos(shop) == []
