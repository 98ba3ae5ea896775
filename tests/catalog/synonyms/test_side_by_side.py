"""Several processes at once, on a database on disk: one version of two changes, and every process follows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.side_by_side import VENDORS, Environment, ask, finish, own_shop, start

WORKERS = "tests.catalog.synonyms.workers"
NUMBERS = "list(SynonymVersion.objects.values_list('number', flat=True))"


@pytest.fixture(params=VENDORS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Environment]:
    with own_shop(request.param, tmp_path) as environment:
        ask(environment, "[User.objects.create(username=n, email=n, is_officer=True).pk for n in ('an', 'binh')]")
        yield environment


def test_of_two_officers_at_once_one_is_refused(shop: Environment) -> None:
    told = finish([start(shop, WORKERS, "put", one) for one in ("an kẹo,cục ngọt", "binh mứt,trái rim")])

    assert sorted(told) == ["2", "synonyms_changed"]
    assert ask(shop, NUMBERS) == [2, 1]


def test_a_double_click_is_one_version(shop: Environment) -> None:
    told = finish([start(shop, WORKERS, "put", "an kẹo,cục ngọt") for _ in range(4)])

    assert told == ["2"] * 4
    assert ask(shop, NUMBERS) == [2, 1]


def test_other_processes_follow_without_a_restart(shop: Environment) -> None:
    follower, writer = start(shop, WORKERS, "follow", "2"), start(shop, WORKERS, "put", "an kẹo,cục ngọt")

    assert finish([follower, writer]) == ["cục ngọt", "2"]
