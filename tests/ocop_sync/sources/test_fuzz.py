"""Damaged and crafted sources, a few of each: records or a refusal, and no row is lost. More: `bench fuzz_readers`."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deploy.bench import _fuzz_checks as checks
from deploy.bench import _fuzz_inputs as inputs

pytestmark = pytest.mark.self_contained

EXAMPLES = {"workbook": 15, "csv": 100, "json": 100, "jsonl": 100, "feed": 25, "dates": 300, "stars": 300}
STRATEGIES: dict[str, st.SearchStrategy[Any]] = {
    "workbook": inputs.workbooks(), "csv": inputs.tables(), "json": inputs.pages(), "jsonl": inputs.item_lines(),
    "feed": inputs.walks(), "dates": inputs.texts, "stars": inputs.texts,
}  # fmt: skip


@pytest.mark.parametrize("reader", list(EXAMPLES))
def test_whatever_is_read_gives_records_or_a_refusal(reader: str) -> None:
    tally = checks.Tally()

    @settings(
        max_examples=EXAMPLES[reader], database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(STRATEGIES[reader])
    def one(told: Any) -> None:
        checks.check(reader, told, tally)

    one()

    assert tally.inputs >= EXAMPLES[reader] / 2
    assert len(tally.outcomes) > 1


def test_a_reader_that_fails_otherwise_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_: str) -> None:
        raise KeyError("x")

    monkeypatch.setattr(checks, "read", read)

    with pytest.raises(checks.Broken, match=r"^KeyError at test_fuzz\.py:\d+"):
        checks.check("csv", b"", checks.Tally())


def test_a_row_that_is_lost_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = checks.read

    def read(origin: str) -> Any:
        reading = real(origin)
        next(reading.records)
        return reading

    monkeypatch.setattr(checks, "read", read)

    with pytest.raises(checks.Broken, match="2 rows, but 1 records and 0 ignored"):
        checks.check("csv", b"product,producer\na,b\nc,d\n", checks.Tally())
