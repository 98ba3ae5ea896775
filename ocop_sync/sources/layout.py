"""Where a table's header is, which column holds which field, and a row's cells as a record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ocop_sync.records import RawRecognition, RawRecord
from ocop_sync.sources.archive import WIDEST
from ocop_sync.sources.columns import RECOGNITION, field_of, is_counter
from ocop_sync.sources.proposals import Proposal, header_score, known_names, propose

HEADER_WITHIN = 30  # rows
DEEPEST_HEADER = 6  # rows; a merge that goes deeper is no header
COUNTER = "counter"
Row = tuple[int, list[str]]
Merge = tuple[int, int, int]  # first row, column, last row; counted from 1


@dataclass(frozen=True)
class Column:
    """A known column: its place (0 = A), its field, the group of recognition cells that it belongs to."""

    place: int
    field: str
    group: int


@dataclass(frozen=True)
class Header:
    """Rows `first` to `last`, their columns, and the name of every column (1 = A) as it stands there."""

    first: int
    last: int
    columns: tuple[Column, ...]
    names: dict[int, str]


def find_header(rows: Sequence[Row], merges: Sequence[Merge], mapping: Mapping[str, str]) -> Header | None:
    """The header among a table's first rows: it goes as deep as its merged cells do."""
    for number, cells in rows:
        fields = {field_of(cell, mapping) for cell in cells[:WIDEST] if cell}
        if "product" in fields and "producer" in fields:
            bottoms = [bottom for top, _, bottom in merges if top == number and bottom < number + DEEPEST_HEADER]
            return _header(rows, number, max(bottoms, default=number), mapping)
    return None


def _header(rows: Sequence[Row], first: int, last: int, mapping: Mapping[str, str]) -> Header:
    """Each group of recognition columns starts where its fields repeat."""
    lines = [cells for number, cells in reversed(rows) if first <= number <= last]
    found, names = [], {}
    group, seen = 0, set[str]()
    for place in range(min(max(map(len, lines)), WIDEST)):
        texts = [cells[place] for cells in lines if place < len(cells) and cells[place]]
        field = next((field for text in texts if (field := field_of(text, mapping))), None)
        if texts:
            names[place + 1] = next((text for text in texts if field_of(text, mapping)), texts[0])
        if field in RECOGNITION:
            if field in seen:
                group, seen = group + 1, set()
            seen.add(field)
        if field is None and any(is_counter(text) for text in texts):
            field = COUNTER
        if field:
            found.append(Column(place, field, group))
    return Header(first, last, tuple(found), names)


def propose_header(rows: Sequence[Row], mapping: Mapping[str, str]) -> list[Proposal]:
    """For a table without a header: what the columns of its likeliest header row look like."""
    likely = sorted(rows, key=lambda row: known_names(row[1], mapping), reverse=True)[:3]
    scored = [(header_score(cells, mapping), -number, cells[:WIDEST]) for number, cells in likely]
    best, first, headers = max(scored, default=(0.0, 0, []))
    if best < 2:
        return []
    below = [cells for number, cells in rows if number > -first]
    samples = {place + 1: [cells[place] for cells in below if place < len(cells)] for place in range(len(headers))}
    return propose({place: text for place, text in enumerate(headers, start=1) if text}, samples, mapping)


def facts_of(columns: Sequence[Column], cells: Sequence[str]) -> tuple[dict[str, Any], dict[int, dict[str, str]]]:
    """A row's filled cells: facts of the product, and facts by recognition; the first filled cell of a field counts."""
    facts: dict[str, Any] = {}
    groups: dict[int, dict[str, str]] = {}
    for column in columns:
        if column.field != COUNTER and column.place < len(cells) and (text := cells[column.place]):
            kind = groups.setdefault(column.group, {}) if column.field in RECOGNITION else facts
            kind.setdefault(column.field, text)
    return facts, groups


def record_of(sheet: str, row: int, facts: dict[str, Any], groups: Mapping[int, dict[str, str]]) -> RawRecord:
    """The record, its recognitions in the order of their columns."""
    recognitions = tuple(RawRecognition(**group) for _, group in sorted(groups.items()))
    return RawRecord(sheet=sheet, row=row, recognitions=recognitions, **facts)


def unreadable(row: int, why: str, *, sheet: str = "", registry_id: str = "") -> RawRecord:
    """A row that cannot be trusted: without product and producer it is held, and its note says why."""
    return RawRecord(sheet=sheet, row=row, registry_id=registry_id, note=why)
