"""A provincial workbook (.xlsx): title rows, a header of two merged rows, merged cells, error values, footers."""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from catalog.certificates.models import Tier
from catalog.regions import find_places
from catalog.text import clean, fold
from ocop_sync.errors import SourceUnusable
from ocop_sync.normalise.scrub import scrub
from ocop_sync.records import RawRecognition, RawRecord
from ocop_sync.sources.columns import RECOGNITION, field_of, is_counter
from ocop_sync.sources.reading import Reading, digest_of

EXPECTED = "an Excel workbook (.xlsx) with a header row that names the product and the producer (Tên sản phẩm, Chủ thể)"
LARGEST_UNZIPPED = 512 * 1024 * 1024  # bytes
HEADER_WITHIN = 30  # rows
_FOOTER = re.compile(r"^(tong cong|tong so|cong|ghi chu|nguoi lap|.*ngay \d+ thang \d+ nam|.*chi cuc truong|ky thay)\b")
Cells = dict[int, str]


def read_workbook(path: Path, content: bytes) -> Reading:
    """Every sheet that has the header is read; rows that are no record are counted. Raises SourceUnusable."""
    reading = Reading("workbook", Tier.B1, digest_of(content))
    sheets = 0
    for sheet in _open(path, content):
        header = _find_header(sheet)
        if header is None:
            continue
        sheets += 1
        reading.province_hint = reading.province_hint or _province_in([*_titles(sheet, header[0]), path.stem])
        _read_sheet(sheet, header, reading)
    if not sheets:
        raise SourceUnusable(source=path.name, found="no sheet with such a header", expected=EXPECTED)
    if not reading.records:
        raise SourceUnusable(source=path.name, found="a header without any product below it", expected=EXPECTED)
    return reading


def _open(path: Path, content: bytes) -> list[Worksheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unzipped = sum(item.file_size for item in archive.infolist())
            if unzipped > LARGEST_UNZIPPED:
                raise SourceUnusable(source=path.name, found=f"{unzipped} bytes unzipped", expected=EXPECTED)
            if damaged := archive.testzip():
                raise SourceUnusable(source=path.name, found=f"a damaged part ({damaged})", expected=EXPECTED)
        book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as error:
        found = "a file that is no workbook, or is truncated"
        raise SourceUnusable(source=path.name, found=found, expected=EXPECTED) from error
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _find_header(sheet: Worksheet) -> tuple[int, int, list[tuple[int, str, int]]] | None:
    """(first header row, last header row, [(column, field, group of recognition cells)]), or None."""
    for row in range(1, min(sheet.max_row, HEADER_WITHIN) + 1):
        texts = {column: _text(sheet.cell(row, column).value) for column in range(1, sheet.max_column + 1)}
        fields = {field_of(text) for text in texts.values() if text}
        if "product" in fields and "producer" in fields:
            last = _last_header_row(sheet, row)
            return row, last, _columns(sheet, row, last)
    return None


def _last_header_row(sheet: Worksheet, row: int) -> int:
    """The header goes as deep as its merged cells do."""
    return max((area.max_row for area in sheet.merged_cells.ranges if area.min_row == row), default=row)


def _columns(sheet: Worksheet, first: int, last: int) -> list[tuple[int, str, int]]:
    """Known columns with the group of recognition cells they belong to: each group starts where its fields repeat."""
    found: list[tuple[int, str, int]] = []
    group, seen = 0, set[str]()
    for column in range(1, sheet.max_column + 1):
        names = [_text(sheet.cell(row, column).value) for row in range(last, first - 1, -1)]
        name = next((field for text in names if text and (field := field_of(text))), None)
        if name is None:
            if any(is_counter(text) for text in names if text):
                found.append((column, "counter", 0))
            continue
        if name in RECOGNITION:
            if name in seen:
                group, seen = group + 1, set()
            seen.add(name)
        found.append((column, name, group))
    return found


def _titles(sheet: Worksheet, header_row: int) -> list[str]:
    return [
        _text(cell.value)
        for row in sheet.iter_rows(min_row=1, max_row=max(1, header_row - 1))
        for cell in row
        if cell.value
    ]


def _province_in(texts: list[str]) -> str:
    """The one province that a title or the file's name speaks of."""
    for text in texts:
        places = [match for match in find_places(text.replace("_", " ").replace("-", " ")) if match.province_code]
        if len({match.province_code for match in places}) == 1:
            return str(places[0].province_code)
    return ""


def _read_sheet(sheet: Worksheet, header: tuple[int, int, list[tuple[int, str, int]]], reading: Reading) -> None:
    first, last, columns = header
    reading.ignored += sum(1 for row in sheet.iter_rows(min_row=1, max_row=first - 1) if any(c.value for c in row))
    merged = _merged_values(sheet, last)
    for row in range(last + 1, sheet.max_row + 1):
        cells = {column: merged.get((row, column)) or _text(sheet.cell(row, column).value) for column, *_ in columns}
        own = {column: _text(sheet.cell(row, column).value) for column, *_ in columns}
        record = _record(sheet.title, row, columns, cells, own)
        if record is None:
            reading.ignored += 1
        else:
            reading.records.append(record)


def _merged_values(sheet: Worksheet, header_end: int) -> dict[tuple[int, int], str]:
    """A merged cell's value for each row below its first, within the merge only."""
    values = {}
    for area in sheet.merged_cells.ranges:
        if area.min_row <= header_end or area.max_row == area.min_row:
            continue
        value = _text(sheet.cell(area.min_row, area.min_col).value)
        for row in range(area.min_row + 1, area.max_row + 1):
            values[(row, area.min_col)] = value
    return values


def _record(sheet: str, row: int, columns: list[tuple[int, str, int]], cells: Cells, own: Cells) -> RawRecord | None:
    """A row as a record; None for blank lines, totals and signatures."""
    facts: dict[str, str] = {}
    groups: dict[int, dict[str, str]] = {}
    for column, name, group in columns:
        value = cells[column]
        if not value or name == "counter":
            continue
        (groups.setdefault(group, {}) if name in RECOGNITION else facts).setdefault(name, scrub(value))
    counted = any(name == "counter" and own[column] for column, name, _ in columns)
    if not any(own.values()) or (not counted and _is_footer(own)):
        return None
    recognitions = tuple(RawRecognition(**group) for _, group in sorted(groups.items()))
    return RawRecord(sheet=sheet, row=row, recognitions=recognitions, **facts)  # type: ignore[arg-type]


def _is_footer(own: Cells) -> bool:
    filled = [value for value in own.values() if value]
    return len(filled) <= 2 or any(_FOOTER.match(fold(value)) for value in filled)


def _text(value: Any) -> str:
    """A cell as text: days as ISO, whole numbers without a decimal point; error values stay visible (#REF!)."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))
