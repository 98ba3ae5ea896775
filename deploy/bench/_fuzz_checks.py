"""What must hold for every input of a registry reader, and the tally of what came out."""

import csv
import io
import json
import resource
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from ocop_sync.errors import SourceUnusable
from ocop_sync.normalise.dates import read_date
from ocop_sync.normalise.stars import read_star
from ocop_sync.sources import fetching
from ocop_sync.sources.encoding import encoding_of
from ocop_sync.sources.services import read

SLOWEST = 10.0  # seconds for one input
MOST_MEMORY = 1024  # MB, of this process and of the one that reads cells
SUFFIXES = {"workbook": ".xlsx", "csv": ".csv", "json": ".json", "jsonl": ".jsonl"}


class Broken(AssertionError):
    """A property that does not hold."""


@dataclass
class Tally:
    """Inputs tried, how they ended, the slowest."""

    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: str, seconds: float) -> None:
        """Count one input."""
        self.inputs += 1
        self.seconds += seconds
        self.slowest = max(self.slowest, seconds)
        self.outcomes[outcome] += 1


def memory() -> tuple[int, int]:
    """Largest memory so far, in MB: of this process, of the ones it started."""
    return tuple(resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # type: ignore[return-value]


def check(reader: str, given: Any, tally: Tally) -> None:
    """Read one input. Raises Broken."""
    started = time.monotonic()
    try:
        outcome = _CHECKS[reader](given) if reader in _CHECKS else _check_file(reader, given)
    except SourceUnusable as refused:
        for language in ("vi", "en"):
            refused.message(language).encode()
        outcome = getattr(refused, "problem", refused.code)
    except Broken:
        raise
    except Exception as error:
        raise Broken(f"{type(error).__name__} at {_where(error)}: {error}") from error
    seconds = time.monotonic() - started
    tally.add(outcome, seconds)
    if seconds > SLOWEST:
        raise Broken(f"{seconds:.1f} seconds")
    if max(memory()) > MOST_MEMORY:
        raise Broken(f"{memory()} MB")


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def _check_file(reader: str, content: bytes) -> str:
    with tempfile.TemporaryDirectory(prefix="chosao-fuzz-") as folder:
        path = Path(folder) / f"so{SUFFIXES[reader]}"
        path.write_bytes(content)
        reading = read(str(path))
        told = [record.columns() for record in reading.records]
        json.dumps(told).encode()
        if len(reading.digest) != 64 or reading.kind not in ("workbook", "csv", "feed"):
            raise Broken(f"digest {reading.digest!r}, kind {reading.kind!r}")
        rows = _COUNTS[reader](path) if reader in _COUNTS and reading.kind != "workbook" else None
    if rows is not None and rows != len(told) + reading.ignored:
        raise Broken(f"{rows} rows, but {len(told)} records and {reading.ignored} ignored")
    return "records"


def _csv_rows(path: Path) -> int | None:
    """Rows below the header, or before it when they are blank; by another way than the reader's."""
    text = path.read_bytes().decode(encoding_of(path))
    first = io.StringIO(text, newline="").readline()
    return sum(1 for _ in csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))) - 1


def _json_rows(path: Path) -> int:
    return len(json.loads(path.read_bytes().decode("utf-8-sig"))["items"])


def _line_rows(path: Path) -> int:
    content = path.read_bytes()
    return content.count(b"\n") + (not content.endswith(b"\n"))


def _check_walk(answers: list[tuple[int, dict[str, str], bytes]]) -> str:
    """A feed over HTTP whose server answers these, then 404."""
    left, served = list(answers), []

    def answer(_: httpx.Request) -> httpx.Response:
        status, headers, body = left.pop(0) if left else (404, {}, b"")
        served.append(body if status == httpx.codes.OK else b"")
        return httpx.Response(status, headers=headers, content=body)

    real, pause = fetching.httpx.Client, fetching.time.sleep
    fetching.httpx.Client = lambda **options: real(transport=httpx.MockTransport(answer), trust_env=False)  # type: ignore[misc,assignment]
    fetching.time.sleep = lambda _: None  # type: ignore[assignment]
    try:
        reading = read("http://127.0.0.1:9/")
        records = sum(1 for _ in reading.records)
    finally:
        fetching.httpx.Client, fetching.time.sleep = real, pause  # type: ignore[misc]
    items = sum(len(json.loads(body)["items"]) for body in served if body)
    if records != items:
        raise Broken(f"{items} items, but {records} records")
    return "records"


def _check_date(text: str) -> str:
    day = read_date(text)
    return "a day" if day else "no day"


def _check_star(text: str) -> str:
    star = read_star(text).star
    if star is not None and star not in (1, 2, 3, 4, 5):
        raise Broken(f"star {star}")
    return f"{star} stars" if star else "no star"


_COUNTS: dict[str, Callable[[Path], int | None]] = {"csv": _csv_rows, "json": _json_rows, "jsonl": _line_rows}
_CHECKS: dict[str, Callable[[Any], str]] = {"feed": _check_walk, "dates": _check_date, "stars": _check_star}
