"""Any mix of boxes and loose pieces, ordered at once over the last stock: no piece is ever promised twice.

Real processes on a database on disk, before the embedded server and before the one that the environment names. Both
hold every line of an order against the stock by itself (`tests/contract/test_lines.py`): what is asserted here is our
own counting, since a basket has up to four lines of one variant.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.databases import own_database
from tests.embedded_server import GIVEN, SERVERS, Api, running_server
from tests.side_by_side import VENDORS, own_shop
from tests.storefront.crew import Crew, crew

PROCESSES = 2
CONTENTS = {
    "first": {"coffee": 2, "tea": 1, "box": 1},
    "second": {"coffee": 1, "tea": 2, "box": 1},
    "own": {"coffee": 1, "tea": 1, "own_box": 1},
    "coffee": {"coffee": 1},
    "tea": {"tea": 1},
}
"""What one of each takes."""
STOCK = st.fixed_dictionaries(
    {"coffee": st.integers(0, 7), "tea": st.integers(0, 7), "box": st.integers(0, 4), "own_box": st.integers(0, 2)}
)
MIX = st.fixed_dictionaries({one: st.integers(0, 2) for one in CONTENTS} | {"collected": st.booleans()})
MIXES = st.lists(MIX.filter(lambda mix: any(mix[one] for one in CONTENTS)), min_size=2, max_size=5)


class Buyers:
    """Processes in a shop, and what they call its goods."""

    def __init__(self, processes: Crew) -> None:
        self.processes = processes
        self.world: dict[str, Any] = processes.ask("prepare_mixes")
        self.names = {self.world[one]: one for one in ("coffee", "tea", "box", "own_box")}

    def order(self, stock: dict[str, int], mixes: list[dict[str, int]], *, known: bool) -> list[str]:
        """What becomes of each, all ordered at once over this stock in either place."""
        baskets = self.processes.ask("fill", self.world, mixes)
        self.processes.ask("restock", {self.world[one]: count for one, count in stock.items()}, known)
        points = [self.world["point"] if mix["collected"] else None for mix in mixes]
        parts = [slice(part, None, PROCESSES) for part in range(PROCESSES)]
        outcomes = [""] * len(mixes)
        answers = self.processes.at_once("buy", [[baskets[part], points[part]] for part in parts])
        for part, answer in zip(parts, answers, strict=True):
            outcomes[part] = answer
        return outcomes

    def left(self) -> Counter[tuple[str, bool]]:
        """What nobody was promised, by name and whether it lies where it is collected."""
        told = self.processes.ask("free", list(self.names))
        return Counter({(self.names[reference], place.startswith("point-")): count for reference, place, count in told})


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest) -> str:
    """Which server is behind the shop."""
    return str(request.param)


@pytest.fixture(scope="module", params=VENDORS)
def buyers(request: pytest.FixtureRequest, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Buyers]:
    """A shop with its own folder and database, and processes in it."""
    vendor = request.param
    quiet = {"PYTHONWARNINGS": "default", "CHOSAO_LOG_LEVEL": "ERROR"}
    with ExitStack() as stack:
        ours = stack.enter_context(own_shop(vendor, tmp_path_factory.mktemp("shop"), **quiet))
        api: Api = GIVEN
        if server == "embedded":
            theirs = None if vendor == "sqlite" else stack.enter_context(own_database(os.environ["DATABASE_URL"]))
            api = stack.enter_context(running_server(theirs))
        environment = {**ours, "SALEOR_API_URL": api.url, "SALEOR_APP_TOKEN": api.token}
        yield Buyers(stack.enter_context(crew(environment, PROCESSES)))


def wanted(mix: dict[str, int]) -> Counter[tuple[str, bool]]:
    """What it takes, and from where."""
    pieces: Counter[tuple[str, bool]] = Counter()
    for one, contents in CONTENTS.items():
        for name, count in contents.items():
            pieces[name, bool(mix["collected"])] += mix[one] * count
    return +pieces


def fits(mix: dict[str, int], left: Counter[tuple[str, bool]]) -> bool:
    """Is there enough for it?"""
    return all(left[place] >= count for place, count in wanted(mix).items())


@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],  # an example takes seconds: it is told as it was found
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(stock=STOCK, mixes=MIXES, known=st.booleans())
def test_no_mix_of_boxes_and_loose_pieces_sells_a_piece_twice(
    buyers: Buyers, stock: dict[str, int], mixes: list[dict[str, int]], *, known: bool
) -> None:
    """Every order's pieces are there, nothing else is promised, and who was refused could not have been served."""
    before = Counter({(name, collected): stock[name] for name in stock for collected in (False, True)})

    outcomes = buyers.order(stock, mixes, known=known)

    left = buyers.left()
    assert set(outcomes) <= {"ordered", "lines_refused", "way_closed"}
    assert min(left.values()) >= 0
    sold = [mix for mix, outcome in zip(mixes, outcomes, strict=True) if outcome == "ordered"]
    before.subtract(sum((wanted(mix) for mix in sold), Counter()))
    assert left == before
    refused = [mix for mix, outcome in zip(mixes, outcomes, strict=True) if outcome != "ordered"]
    assert [mix for mix in refused if fits(mix, left)] == []


@pytest.mark.parametrize("collected", [False, True])
def test_the_last_piece_wanted_by_several_lines_of_several_buyers(buyers: Buyers, *, collected: bool) -> None:
    """Four baskets. When one is sold each line of the next still fits by itself, but not all of them: one is sold."""
    mix = {"first": 1, "second": 1, "own": 1, "coffee": 1, "tea": 0, "collected": collected}
    stock = {"coffee": 8, "tea": 7, "box": 9, "own_box": 9}

    outcomes = buyers.order(stock, [mix] * 4, known=False)

    assert Counter(outcomes)["ordered"] == 1
    left = buyers.left()
    assert {name: left[name, collected] for name in stock} == {"coffee": 3, "tea": 3, "box": 7, "own_box": 8}
