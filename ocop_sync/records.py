"""A record as a source gives it: raw texts of the allow-listed columns, and where it stood."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any


@dataclass(frozen=True, slots=True)
class RawRecognition:
    """One recognition's cells as text; dates may be ISO (from a real date cell) or whatever somebody typed."""

    star: str = ""
    score: str = ""
    decision: str = ""
    authority: str = ""
    issued: str = ""
    year: str = ""
    expires: str = ""
    status: str = ""
    filed: str = ""
    revoked: str = ""
    ground: str = ""

    @property
    def is_empty(self) -> bool:
        """No cell filled."""
        return not any(_recognition_cells(self))

    def __reduce__(self) -> tuple[type["RawRecognition"], tuple[str, ...]]:
        """Pickled by its cells, several times faster than by the names of its fields."""
        return RawRecognition, _recognition_cells(self)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One product of one producer. `recognitions` oldest first; `row` as the file's own program shows it."""

    sheet: str = ""
    row: int | None = None
    registry_id: str = ""
    product: str = ""
    producer: str = ""
    producer_kind: str = ""
    category: str = ""
    set_no: str = ""
    commune: str = ""
    address: str = ""
    province: str = ""
    province_code: str = ""
    commune_code: str = ""
    current_star: str = ""
    expires: str = ""
    note: str = ""
    evidence: str = ""
    deleted: bool = False
    recognitions: tuple[RawRecognition, ...] = field(default=())

    def columns(self) -> dict[str, Any]:
        """What is kept of the row: its filled, allow-listed cells."""
        facts: dict[str, Any] = _filled(RECORD_CELLS, _record_cells(self))
        if self.recognitions:
            facts["recognitions"] = [_filled(RECOGNITION_CELLS, _recognition_cells(one)) for one in self.recognitions]
        return facts

    @classmethod
    def from_columns(cls, columns: Mapping[str, Any], *, sheet: str = "", row: int | None = None) -> "RawRecord":
        """The record of which `columns()` were kept: `RawRecord.from_columns(one.columns()).columns()` is the same."""
        told = tuple(
            RawRecognition(**{name: text for name, text in one.items() if name in RECOGNITION_CELLS})
            for one in columns.get("recognitions", ())
        )
        facts = {name: text for name, text in columns.items() if name in RECORD_CELLS}
        return cls(sheet=sheet, row=row, recognitions=told, **facts)

    def __reduce__(self) -> tuple[type["RawRecord"], tuple[Any, ...]]:
        """As its recognitions."""
        return RawRecord, _all_fields(self)


def _filled(names: tuple[str, ...], texts: tuple[str, ...]) -> dict[str, str]:
    return {name: text for name, text in zip(names, texts, strict=True) if text}


RECOGNITION_CELLS = tuple(one.name for one in fields(RawRecognition))
_NO_CELLS = ("sheet", "row", "deleted", "recognitions")  # where a record stood, and what has cells of its own
RECORD_CELLS = tuple(one.name for one in fields(RawRecord) if one.name not in _NO_CELLS)
_record_cells, _recognition_cells = attrgetter(*RECORD_CELLS), attrgetter(*RECOGNITION_CELLS)
_all_fields = attrgetter(*(one.name for one in fields(RawRecord)))
