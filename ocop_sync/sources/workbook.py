"""A provincial workbook (.xlsx): title rows, a header of two merged rows, merged cells, error values, footers."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from catalog.certificates.models import Tier
from catalog.regions import find_places, prepare
from catalog.text import fold
from ocop_sync.records import RawRecord
from ocop_sync.sources.archive import WIDEST
from ocop_sync.sources.cell_stream import cell_lines
from ocop_sync.sources.layout import (
    HEADER_WITHIN,
    Header,
    Merge,
    Row,
    facts_of,
    find_header,
    propose_header,
    record_of,
)
from ocop_sync.sources.proposals import SAMPLE_ROWS, Proposal, propose
from ocop_sync.sources.reading import OFTEN_REPEATED, Reading, tidy
from ocop_sync.sources.refusals import Refusal

MOST_TIDIED = 4096  # texts remembered; authorities, communes and stars come again and again
MOST_TITLES, LONGEST_TITLE = 100, 300  # cells, characters
_FOOTER = re.compile(r"^(tong cong|tong so|cong|ghi chu|nguoi lap|.*ngay \d+ thang \d+ nam|.*chi cuc truong|ky thay)\b")


def read_workbook(path: Path, columns: Mapping[str, str]) -> Reading:
    """Every visible sheet that has the header is read, hidden rows and columns too; other rows are counted.

    `columns`: folded headers of the source's own mapping. Cells are read in a process of their own (`cells.py`).
    """
    reading = Reading("workbook", Tier.B1, iter(()))
    reading.records = _Workbook(path, columns, reading).records()
    return reading


@dataclass
class _Sheet:
    """A sheet's header, the merges below it that are still to come and those that a row is in."""

    name: str
    header: Header
    coming: list[Merge]
    open: dict[int, tuple[int, str]] = field(default_factory=dict)
    samples: dict[int, list[str]] = field(default_factory=dict)

    def carried(self, row: int, cells: list[str]) -> dict[int, str]:
        """Values that merged cells carry down to this row, by place (0 = A); within the merge only."""
        self.open = {place: told for place, told in self.open.items() if row <= told[0]}
        carried = {place: text for place, (_, text) in self.open.items() if text}
        while self.coming and self.coming[-1][0] <= row:
            top, column, bottom = self.coming.pop()
            if top == row:
                self.open[column - 1] = (bottom, cells[column - 1] if column <= len(cells) else "")
        return carried

    sampled: int = 0

    def sample(self, cells: list[str]) -> None:
        """Remember what the columns of the first rows hold, for a proposal."""
        if self.sampled < SAMPLE_ROWS:
            self.sampled += 1
            for place, text in enumerate(cells, start=1):
                self.samples.setdefault(place, []).append(text)


class _Workbook:
    def __init__(self, path: Path, mapping: Mapping[str, str], reading: Reading) -> None:
        self.path, self.mapping, self.reading = path, mapping, reading
        self.read = self.sheets = 0
        self.named = ""  # the province that the file's name speaks of
        self.met: set[str] = set()
        self.proposals: list[Proposal] = []

    def records(self) -> Iterator[RawRecord]:
        """All records; at the end the reading's counts, digest and notes are complete."""
        with closing(cell_lines(self.path)) as lines:
            next(lines)  # it starts; meanwhile what it takes to read places is made ready
            prepare()
            self.named = province_in([self.path.stem])
            line = next(lines)
            while "end" not in line:
                rows = _Rows(lines)
                for record in self._sheet(line, rows):
                    self.read += 1
                    yield record
                line = rows.rest()
        self.reading.digest = line["end"]
        self._end(line)

    def _sheet(self, told: dict[str, Any], rows: "_Rows") -> Iterator[RawRecord]:
        merges: list[Merge] = [(top, left, bottom) for top, left, bottom in told["merged"]]
        first = [row for _, row in zip(range(HEADER_WITHIN + SAMPLE_ROWS), rows, strict=False)]
        top = [row for row in first if row[0] <= HEADER_WITHIN]
        header = find_header(top, merges, self.mapping)
        if header is None:
            self.proposals += propose_header(first, self.mapping)
            return
        self.sheets += 1
        self.met |= {fold(text) for number, cells in top if number <= header.last for text in cells if text}
        above = [[text for text in cells if text] for number, cells in top if number < header.first]
        self.reading.ignored += sum(1 for texts in above if texts)
        hint = province_in([text for texts in above for text in texts])
        self.reading.province_hint = hint or self.reading.province_hint or self.named
        below = sorted((m for m in merges if m[0] > header.last and m[2] > m[0]), reverse=True)
        sheet = _Sheet(told["sheet"], header, below)
        for number, cells in chain((row for row in first if row[0] > header.last), rows):
            record = _record(sheet, number, cells)
            if record is None:
                self.reading.ignored += 1
            else:
                yield record
        self.proposals += propose(header.names, sheet.samples, self.mapping)

    def _end(self, told: dict[str, Any]) -> None:
        notes = self.reading.notes
        if told["macros"]:
            notes.append("Tệp có macro; chỉ đọc các ô, không đọc và không chạy macro.")
        for sheet in told["wide"]:
            notes.append(f'Trang tính "{sheet}" có ô nằm ngoài cột thứ {WIDEST}; các ô đó không được đọc.')
        if told["formulas"]:
            where = ", ".join(told["where"])
            notes.append(f"{told['formulas']} ô công thức chưa có kết quả lưu sẵn ({where} …) nên được đọc là ô trống; "
                         "hãy mở bằng Excel, lưu lại rồi nhập lần nữa.")  # fmt: skip
        if not self.sheets:
            raise Refusal("no_header", source=self.path.name, proposals=self.proposals)
        if not self.read:
            raise Refusal("no_row", source=self.path.name)
        notes += [f"{one.sentence('vi')}; hãy khai ánh xạ cột nếu đúng." for one in self.proposals]
        notes += [f'Ánh xạ cột "{one}" không có trong tệp.' for one in self.mapping if one not in self.met]


class _Rows:
    """The rows up to the next line that is none; cells tidied."""

    def __init__(self, lines: Iterator[Any]) -> None:
        self._lines, self._after = lines, None
        self._tidied: dict[str, str] = {"": ""}

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        if self._after is None:
            line = next(self._lines)
            if isinstance(line, list):
                if len(self._tidied) > MOST_TIDIED:
                    self._tidied = {"": ""}
                known = self._tidied
                return line[0], [known[text] if text in known else self._tidy(text) for text in line[1]]
            self._after = line
        raise StopIteration

    def _tidy(self, text: str) -> str:
        tidied = tidy(text)
        if len(text) <= OFTEN_REPEATED:
            self._tidied[text] = tidied
        return tidied

    def rest(self) -> Any:
        """Skip the rows that nobody read; the line after them."""
        while self._after is None:
            line = next(self._lines)
            self._after = None if isinstance(line, list) else line
        return self._after


def _record(sheet: _Sheet, row: int, cells: list[str]) -> RawRecord | None:
    """A row as a record; None for blank lines, totals and signatures."""
    carried = sheet.carried(row, cells)
    header = sheet.header
    cells += [""] * (header.width - len(cells))
    own = [cells[place] for place in header.places if cells[place]]
    if not own or (not any(cells[place] for place in header.counters) and _is_footer(own)):
        return None
    sheet.sample(cells)
    for place, text in carried.items():
        if place < len(cells):
            cells[place] = text
    facts, groups = facts_of(header, cells)
    return record_of(sheet.name, row, facts, groups)


def _is_footer(own: list[str]) -> bool:
    return len(own) <= 2 or any(_FOOTER.match(fold(value)) for value in own)


def province_in(texts: list[str]) -> str:
    """The code of the one province that a title or the file's name speaks of, or ""."""
    for text in texts[:MOST_TITLES]:
        places = find_places(text[:LONGEST_TITLE].replace("_", " ").replace("-", " "))
        codes = {str(match.province_code) for match in places if match.province_code}
        if len(codes) == 1:
            return codes.pop()
    return ""
