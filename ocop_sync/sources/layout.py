"""Where a table's header is, which column holds which field, and a row's cells as a record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ocop_sync.records import RawRecognition, RawRecord
from ocop_sync.sources.archive import WIDEST
from ocop_sync.sources.columns import RECOGNITION, field_of, is_counter
from ocop_sync.sources.proposals import Proposal, header_score, known_names, propose

HEADER_WITHIN = 30  # rows
DEEPEST_HEADER = 6  # rows; a merge that goes deeper is no header
Row = tuple[int, list[str]]
Merge = tuple[int, int, int]  # first row, column, last row; counted from 1


Cell = tuple[int, str]  # place (0 = A) and field


@dataclass(frozen=True)
class Header:
    """Rows `first` to `last`; where the running number, the product's facts and each recognition's cells stand.

    `names`: every column's name as it stands there (1 = A). Rows are to be as long as `width`, at least.
    """

    first: int
    last: int
    counters: tuple[int, ...]
    facts: tuple[Cell, ...]
    groups: tuple[tuple[Cell, ...], ...]
    names: dict[int, str]

    @cached_property
    def places(self) -> tuple[int, ...]:
        """The places of all known columns."""
        return tuple(sorted([*self.counters, *(place for cells in (self.facts, *self.groups) for place, _ in cells)]))

    @cached_property
    def width(self) -> int:
        """How many cells of a row are looked at."""
        return self.places[-1] + 1


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
    counters: list[int] = []
    facts: list[Cell] = []
    groups: list[list[Cell]] = [[]]
    names = {}
    for place in range(min(max(map(len, lines)), WIDEST)):
        texts = [cells[place] for cells in lines if place < len(cells) and cells[place]]
        known = [(text, told) for text in texts if (told := field_of(text, mapping))]
        if texts:
            names[place + 1] = known[0][0] if known else texts[0]
        if known and (field := known[0][1]) in RECOGNITION:
            if field in [name for _, name in groups[-1]]:
                groups.append([])
            groups[-1].append((place, field))
        elif known:
            facts.append((place, field))
        elif any(is_counter(text) for text in texts):
            counters.append(place)
    return Header(first, last, tuple(counters), tuple(reversed(facts)), tuple(map(tuple, groups)), names)


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


def facts_of(header: Header, cells: Sequence[str]) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """A row's filled cells: facts of the product (the first filled cell of a field counts), and each recognition's."""
    facts: dict[str, Any] = {field: text for place, field in header.facts if (text := cells[place])}
    told = [{field: text for place, field in group if (text := cells[place])} for group in header.groups]
    return facts, [group for group in told if group]


def record_of(sheet: str, row: int, facts: dict[str, Any], groups: Sequence[dict[str, str]]) -> RawRecord:
    """The record, its recognitions in the order of their columns."""
    return RawRecord(sheet=sheet, row=row, recognitions=tuple(RawRecognition(**group) for group in groups), **facts)


def unreadable(row: int, why: str, *, sheet: str = "", registry_id: str = "") -> RawRecord:
    """A row that cannot be trusted: without product and producer it is held, and its note says why."""
    return RawRecord(sheet=sheet, row=row, registry_id=registry_id, note=why)
