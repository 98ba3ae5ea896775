"""Several processes at once, on a database on disk: one ruling of a double click, one of two officers, none lost to a
run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ocop_sync.tables import row, write
from tests.side_by_side import VENDORS, Environment, ask, finish, own_shop, start

WORKERS = "tests.ocop_sync.held.workers"
OUTCOMES = "list(SourceRecord.objects.filter(product_name='Mứt dâu 1').values_list('outcome', flat=True))"
RULINGS = "[__import__('ocop_sync.models').models.Ruling.objects.count()]"


@pytest.fixture(params=VENDORS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Environment]:
    with own_shop(request.param, tmp_path) as environment:
        yield environment


@pytest.fixture
def table(shop: Environment, tmp_path: Path) -> str:
    path = write(tmp_path / "bang.csv", [row(1, decision_number=""), row(2)])
    assert finish([start(shop, WORKERS, "sync", path)]) == ["1"]
    return path


def _files(shop: Environment) -> list[Path]:
    return list((Path(shop["CHOSAO_HOME"]) / "private").rglob("*.pdf"))


def test_a_double_click_is_one_ruling_with_one_file(shop: Environment, table: str) -> None:
    told = finish([start(shop, WORKERS, "correct", "an") for _ in range(3)])

    assert told == ["in"] * 3
    assert (ask(shop, RULINGS), ask(shop, OUTCOMES), len(_files(shop))) == ([1], ["listed"], 1)


def test_of_two_officers_at_once_one_decides_and_the_other_is_told(shop: Environment, table: str) -> None:
    told = finish([start(shop, WORKERS, "correct", name) for name in ("an", "binh")])

    assert sorted(told) == ["in", "record_decided"]
    assert (ask(shop, RULINGS), ask(shop, OUTCOMES), len(_files(shop))) == ([1], ["listed"], 1)


def test_a_ruling_is_seen_by_a_run_or_refused(shop: Environment, tmp_path: Path, table: str) -> None:
    longer = write(tmp_path / "dai.csv", [row(1, decision_number=""), *[row(n) for n in range(2, 400)]])

    ruled, listed = finish([start(shop, WORKERS, "correct", "an"), start(shop, WORKERS, "sync", longer)])

    assert ruled in ("in", "source_busy")
    assert ask(shop, RULINGS) == [int(ruled == "in")]
    assert ask(shop, OUTCOMES) == ["listed" if ruled == "in" else "held"]
    assert int(listed) in (398, 399)
    (again,) = finish([start(shop, WORKERS, "sync", longer)])
    assert int(again) == 398 + (ruled == "in")
