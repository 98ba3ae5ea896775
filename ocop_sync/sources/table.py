"""A CSV table: UTF-8, UTF-16 or Windows-1258; comma, semicolon or tab; a header row of known names."""

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from catalog.certificates.models import Tier
from catalog.text import fold
from ocop_sync.records import RawRecognition, RawRecord
from ocop_sync.sources.archive import WIDEST
from ocop_sync.sources.encoding import UTF16, WINDOWS, encoding_of
from ocop_sync.sources.layout import (
    HEADER_WITHIN,
    Header,
    Row,
    facts_of,
    find_header,
    propose_header,
    record_of,
    unreadable,
)
from ocop_sync.sources.proposals import SAMPLE_ROWS, propose
from ocop_sync.sources.reading import HashingFile, Reading, tidy
from ocop_sync.sources.refusals import Refusal

LONGEST_ROW = 1_000_000  # characters


def read_table(path: Path, columns: Mapping[str, str]) -> Reading:
    """Every row below the header is a record, or is counted as ignored when it is blank.

    The first row that is not blank is the header. A row with filled cells beyond it has slipped: it becomes a record
    that is held. `columns`: folded headers of the source's own mapping. Raises SourceUnusable.
    """
    reading = Reading("csv", Tier.B2, iter(()))
    reading.records = _records(path, columns, reading)
    return reading


def _records(path: Path, mapping: Mapping[str, str], reading: Reading) -> Iterator[RawRecord]:
    encoding = encoding_of(path)
    read = 0
    samples: dict[int, list[str]] = {}
    with HashingFile(path) as file, io.TextIOWrapper(io.BufferedReader(file), encoding, newline="") as text:
        rows = _rows(text, path.name)
        header, width = _header(rows, path, mapping, reading)
        for number, cells in rows:
            record = _record(header, width, number, cells)
            if record is None:
                reading.ignored += 1
                continue
            _sample(samples, header, cells)
            yield record
            read += 1
        reading.digest = file.digest
    if not read:
        raise Refusal("no_row", source=path.name)
    if width > WIDEST:
        reading.notes.append(f"Bảng có {width} cột; chỉ đọc {WIDEST} cột đầu.")
    _note(reading, encoding, header, samples, mapping)


def _rows(text: io.TextIOWrapper, source: str) -> Iterator[Row]:
    """Rows with their number as a spreadsheet shows it; cells tidied. Raises SourceUnusable."""
    number = 0
    try:
        lines = _Lines(text, source)
        first = next(lines, "")
        delimiter = max(";,\t", key=first.count)
        table = csv.reader(chain([first] if first else [], lines), delimiter=delimiter, strict=True)
        for number, cells in enumerate(table, start=1):  # told when the next row is broken
            lines.of_row = 0
            yield number, [cell and tidy(cell) for cell in cells]
    except csv.Error as error:
        raise Refusal("broken_csv", source=source, row=number + 1, reason=str(error)) from error
    except UnicodeError as error:
        raise Refusal("mixed_encoding", source=source, line=number + 1) from error


class _Lines:
    """The lines of a table; `of_row` counts the characters since the last row began."""

    def __init__(self, text: io.TextIOWrapper, source: str) -> None:
        self._text, self._source = text, source
        self.number = self.of_row = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_ROW + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.of_row += len(line)
        if "\x00" in line:
            raise Refusal("binary", source=self._source, line=self.number)
        if self.of_row > LONGEST_ROW:
            raise Refusal("long_row", source=self._source, line=self.number, most=LONGEST_ROW)
        return line


def _header(rows: Iterator[Row], path: Path, mapping: Mapping[str, str], reading: Reading) -> tuple[Header, int]:
    """The header and how many columns its row has."""
    for number, cells in rows:
        if not any(cells):
            reading.ignored += 1
            continue
        header = find_header([(number, cells)], [], mapping)
        if header is None:
            below = [row for _, row in zip(range(HEADER_WITHIN), rows, strict=False)]
            proposals = propose_header([(number, cells), *below], mapping)
            raise Refusal("no_header", source=path.name, proposals=proposals)
        return header, len(cells)
    raise Refusal("empty", source=path.name)


def _record(header: Header, width: int, number: int, cells: list[str]) -> RawRecord | None:
    if any(cells[width:]):
        return unreadable(number, f"Dòng {number} có {len(cells)} ô, tiêu đề chỉ có {width} cột: các ô bị lệch.")
    cells += [""] * (header.width - len(cells))
    facts, groups = facts_of(header, cells)
    if not facts and not groups:
        return None
    if len(header.groups) > 1:
        return record_of("", number, facts, groups)
    told = groups[0] if groups else {}
    told.setdefault("star", facts.get("current_star", ""))
    told["expires"] = facts.pop("expires", "")
    recognitions = (RawRecognition(**told),) if any(told.values()) else ()
    return RawRecord(row=number, recognitions=recognitions, **facts)


def _sample(samples: dict[int, list[str]], header: Header, cells: list[str]) -> None:
    for place, text in enumerate(cells, start=1):
        if text and place in header.names and len(samples.setdefault(place, [])) < SAMPLE_ROWS:
            samples[place].append(text)


def _note(
    reading: Reading, encoding: str, header: Header, samples: dict[int, list[str]], mapping: Mapping[str, str]
) -> None:
    if encoding in (UTF16, WINDOWS):
        name = {UTF16: "UTF-16", WINDOWS: "Windows-1258"}[encoding]
        reading.notes.append(f"Bảng viết bằng bảng mã {name}, đã chuyển sang Unicode.")
    proposals = propose(header.names, samples, mapping)
    reading.notes += [f"{one.sentence('vi')}; hãy khai ánh xạ cột nếu đúng." for one in proposals]
    met = {fold(name) for name in header.names.values()}
    reading.notes += [f'Ánh xạ cột "{one}" không có trong tệp.' for one in mapping if one not in met]
