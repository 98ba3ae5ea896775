"""Several sources synced at the same moment, on a database on disk: the facts are those of one after the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ocop_sync.tables import row, write
from tests.side_by_side import VENDORS, Environment, ask, finish, own_shop, start

WORKERS = "tests.ocop_sync.runs.workers"
FACTS = "[list(told) for told in Product.objects.values_list('category', 'set_no').distinct()]"
COUNT = 450  # more than one transaction's


@pytest.fixture(params=VENDORS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Environment]:
    with own_shop(request.param, tmp_path) as environment:
        yield environment


def test_sources_at_once_end_as_one_after_the_other(shop: Environment, tmp_path: Path) -> None:
    def table(source: str, tier: str, **facts: str) -> tuple[str, str]:
        rows = [row(n, evidence_level=tier, **facts) for n in range(COUNT)][:: -1 if source == "so-goc" else 1]
        return source, write(tmp_path / f"{source}-{facts.get('category', '')}.csv", rows)

    finish([start(shop, WORKERS, *table("tinh", "B1", category="Thực phẩm"))])
    again = table("tinh", "B1", category="Gia vị", product_set="7")
    better = table("so-goc", "A", category="Mứt")
    equal = table("bo", "B1", product_set="4")

    told = finish([start(shop, WORKERS, *one) for one in (again, better, equal)])

    assert told == [str(COUNT)] * 3
    assert ask(shop, FACTS) == [["Mứt", 4]]  # the category of the best; of the two equal ones "bo" stands first
