"""Officers' rulings as a run applies them: values by the row's hash, and pure functions.

A cell's name is a field of `RawRecord`, or a recognition's number (1 = the row's first) and its field: "2.decision".
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ocop_sync.decide import decide, with_reason, without_reasons
from ocop_sync.held.models import Action, Ruling
from ocop_sync.records import RawRecognition, RawRecord

if TYPE_CHECKING:
    from ocop_sync.runs.judging import Judged

WAIVABLE = frozenset({"duplicate_conflict", "identity_conflict", "score_conflict", "star_jump"})
REJECTED = "rejected"  # the code that keeps a rejected row held, whatever becomes of its other codes
RECORD_CELLS = (
    "product", "producer", "producer_kind", "category", "set_no", "address", "commune", "province", "commune_code",
    "province_code", "expires", "evidence",
)  # fmt: skip
RECOGNITION_CELLS = ("star", "score", "decision", "authority", "issued", "year", "expires")


@dataclass(frozen=True, slots=True)
class Ruled:
    """What holds for a row."""

    cells: tuple[tuple[str, str], ...] = ()
    waived: tuple[str, ...] = ()
    product: int | None = None
    rejected: bool = False


Rulings = Mapping[str, Ruled]  # by `Judged.hash`
NO_RULINGS: Rulings = {}


def load(source: str) -> dict[str, Ruled]:
    """The rulings in force on rows of the source of this name."""
    rows = Ruling.objects.filter(source__name=source).order_by("version")
    told = rows.values_list("hash", "action", "cells", "waived", "product").iterator(chunk_size=2000)
    last = {row: (action, cells, waived, product) for row, action, cells, waived, product in told}
    every = {row: ruled(*facts) for row, facts in last.items()}
    return {row: one for row, one in every.items() if one != Ruled()}


def ruled(action: str, cells: Mapping[str, str], waived: list[str], product: int | None) -> Ruled:
    """The columns of a `Ruling` as values."""
    return Ruled(tuple(sorted(cells.items())), tuple(waived), product, rejected=action == Action.REJECTED)


def under(one: "Judged", rulings: Rulings, today: date) -> "Judged":
    """A record that was judged by itself, under the ruling in force on its row, if there is one."""
    held = rulings.get(one.hash)
    if held is None:
        return one
    record, decision = one.record, one.decision
    if held.cells:
        record = corrected(record, dict(held.cells))
        decision = decide(record, today, default_tier=one.default_tier, province_hint=one.hint)
    decision = without_reasons(decision, held.waived)
    if held.rejected:
        decision = with_reason(decision, REJECTED)
    told = one.record if held.cells else None
    return replace(one, record=record, decision=decision, told=told, waived=held.waived, product=held.product)


def corrected(record: RawRecord, cells: Mapping[str, str]) -> RawRecord:
    """The record with other texts in some cells; what names no cell of it changes nothing."""
    facts: dict[str, Any] = {name: text for name, text in cells.items() if name in RECORD_CELLS}
    told = list(record.recognitions) or [RawRecognition()]
    for name, text in cells.items():
        number, _, field = name.partition(".")
        if field in RECOGNITION_CELLS and number.isdecimal() and 1 <= int(number) <= len(told):
            told[int(number) - 1] = replace(told[int(number) - 1], **{field: text})
    given = record.recognitions or not told[0].is_empty
    return replace(record, recognitions=tuple(told) if given else (), **facts)


def cell_of(record: RawRecord, name: str) -> str | None:
    """The text in a cell of this name; None where the record can have no such cell."""
    number, _, field = name.partition(".")
    if name in RECORD_CELLS:
        return str(getattr(record, name))
    told = record.recognitions or (RawRecognition(),)
    if field in RECOGNITION_CELLS and number.isdecimal() and 1 <= int(number) <= len(told):
        return str(getattr(told[int(number) - 1], field))
    return None
