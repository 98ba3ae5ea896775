"""Four mutations in one document, several requests in flight: how Saleor takes much at once.

A document of this kind names its mutations `one` to `four`, all but the first under `@include`, and their errors
`refusals`, so that one that is refused leaves the others alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel

from catalog.saleor.errors import Refusal

DOCUMENT = 4  # mutations; Saleor takes no more
IN_FLIGHT = 4  # requests
_NTH = ("one", "two", "three", "four")
Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Result(Enum):
    """What became of one mutation, or of one row."""

    DONE = "done"
    GONE = "gone"  # Saleor has no such object
    TAKEN = "taken"  # its reference, SKU or slug is there already
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one mutation, or of one row. `saleor_id` where it was asked for, `why` where it was refused."""

    result: Result
    saleor_id: str = ""
    why: str = ""


DONE = Outcome(Result.DONE)


def four(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The variables of such a document: one to four `rows` of arguments; the last stands where there is none."""
    variables: dict[str, Any] = {name: n < len(rows) for n, name in enumerate(_NTH) if n}
    for n in range(DOCUMENT):
        row = rows[min(n, len(rows) - 1)]
        variables |= {f"{name}_{n + 1}": value for name, value in row.items()}
    return variables


def outcomes(answer: BaseModel, count: int) -> list[Outcome]:
    """What became of the first `count` mutations."""
    return [_of_payload(getattr(answer, name)) for name in _NTH[:count]]


def told(errors: Sequence[BaseModel]) -> Outcome:
    """The outcome that these errors mean; none at all mean that it is done."""
    if not errors:
        return DONE
    refusals = [Refusal.read(error.model_dump(mode="json", by_alias=True)) for error in errors]
    why = "; ".join(f"{one.code} {one.field} {one.message}".strip() for one in refusals)
    codes = {one.code for one in refusals}
    result = Result.GONE if "NOT_FOUND" in codes else Result.TAKEN if "UNIQUE" in codes else Result.REFUSED
    return Outcome(result, why=why)


def in_flight(
    items: Iterable[Item], size: int, send: Callable[[list[Item]], Answer], width: int = IN_FLIGHT
) -> Iterator[tuple[list[Item], Answer]]:
    """Send `items` by `size`, `width` requests at once; yields each lot with its answer as it comes.

    `send` runs in a thread and must not touch the database. What it raises ends the iteration, once everything in
    flight has been heard out.
    """
    source = iter(items)
    flying: dict[Future[Answer], list[Item]] = {}
    with ThreadPoolExecutor(width, thread_name_prefix="saleor") as pool:
        while True:
            while len(flying) < width and (lot := list(islice(source, size))):
                flying[pool.submit(send, lot)] = lot
            if not flying:
                return
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in done:
                yield flying.pop(future), future.result()


def _of_payload(payload: Any) -> Outcome:
    return told(payload.refusals) if payload else Outcome(Result.REFUSED, why="Saleor gave no answer for this one")
