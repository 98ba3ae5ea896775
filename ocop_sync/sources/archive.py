"""The parts of a workbook that are read, looked over before a parser sees them (in the reading process: no Django)."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from posixpath import join, normpath
from typing import Any

from defusedxml import ElementTree

LARGEST_UNZIPPED = 160 * 1024 * 1024  # bytes, all parts that are read
MOST_RATIO = 250  # unpacked to packed; an ordinary sheet has 10 to 40
RATIO_FROM = 8 * 1024 * 1024  # bytes unpacked; below this no ratio is harmful
MOST_PARTS = 2000
WIDEST = 500  # columns; what stands beyond is stray, and is not read
MOST_CELLS = 10_000_000  # of the box from A1 to the farthest cell that holds something
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError, RuntimeError)

_READ = re.compile(r"^(\[content_types\]\.xml|_rels/\.rels|xl/(.*/)?[^/]+\.(xml|rels))$", re.IGNORECASE)
_SKIPPED = re.compile(
    r"^xl/(theme|drawings|charts|media|externallinks|pivot\w+|comments|threadedcomments|persons|tables|querytables|"
    r"printersettings|embeddings|ctrlprops|activex|customxml|slicer\w*|timeline\w*|connections|calcchain)\b",
    re.IGNORECASE,
)
_OTHER_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)
_ROW = re.compile(rb"row\b[^>]*?\sr=[\"'](\d{1,9})[\"']")
_FILLED = re.compile(rb"<(?:\w+:)?c\s+r=[\"']([A-Z]{1,4})(\d{1,9})[\"'][^>/]*>")
_ERROR = re.compile(rb"(<(?:\w+:)?c\s[^>]*?\bt=)([\"'])e\2")
_NO_INDEX = re.compile(rb" t=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>(?!\d+</)(?!</)")
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Z]+\d+)[\"'][^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


class Refused(Exception):
    """A problem (a key of `problems.PROBLEMS`) with its data."""

    def __init__(self, problem: str, **data: Any) -> None:
        super().__init__(problem)
        self.problem, self.data = problem, data


@dataclass
class Findings:
    """What the officer should know: formulas without a stored result (their number, the first ones), macros."""

    formulas: int = 0
    where: list[str] = field(default_factory=list)
    macros: bool = False


def clean_copy(content: bytes, findings: Findings) -> io.BytesIO:
    """A new archive of the looked-over parts alone, unpacked; error values made texts. Raises Refused.

    What is scanned is what is parsed: no overlapping entries, no second directory, no macro gets through.
    """
    copy = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(copy, "w") as clean:
            entries = _checked(archive)
            findings.macros = any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
            sheets = _sheets(archive, entries)
            for name, entry in entries.items():
                part = archive.read(entry)
                _check_text(name, part)
                sheet = sheets.get(name.lower(), name if "worksheets/" in name.lower() else None)
                if sheet is not None and name.lower().endswith(".xml"):
                    part = _check_sheet(sheet, part, findings) if sheet else b"<worksheet/>"
                clean.writestr(name, part)
    except DAMAGE as error:
        raise Refused("damaged", reason=f"{type(error).__name__}: {error}"[:200]) from error
    copy.seek(0)
    return copy


def _checked(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The entries to read, by name."""
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise Refused("odd_archive", reason=f"{len(entries)} parts")
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise Refused("odd_archive", reason="one name twice")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("password")
    _check_overlap(entries)
    wanted = {e.filename: e for e in entries if _READ.match(e.filename) and not _SKIPPED.match(e.filename)}
    if not any(name.lower() == "xl/workbook.xml" for name in wanted):
        raise Refused("no_workbook")
    for name, entry in wanted.items():
        if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
            raise Refused("explodes", reason=f"{name}: {entry.compress_size} → {entry.file_size} bytes")
    unzipped = sum(entry.file_size for entry in wanted.values())
    if unzipped > LARGEST_UNZIPPED:
        raise Refused("explodes", reason=f"{unzipped} bytes")
    return wanted


def _check_overlap(entries: list[zipfile.ZipInfo]) -> None:
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for left, right in pairwise(ordered):
        if left.header_offset + left.compress_size > right.header_offset:
            raise Refused("odd_archive", reason="overlapping parts")


def _check_text(name: str, part: bytes) -> None:
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or _OTHER_ENCODING.match(part.removeprefix(b"\xef\xbb\xbf")):
        raise Refused("damaged", reason=f"{name}: not UTF-8")
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refused("dtd", part=name)


def _sheets(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Each sheet's part → its name; "" for a hidden sheet, which is not read."""
    book = next(name for name in entries if name.lower() == "xl/workbook.xml")
    relations = next((name for name in entries if name.lower() == "xl/_rels/workbook.xml.rels"), None)
    if relations is None:
        raise Refused("damaged", reason="xl/_rels/workbook.xml.rels")
    targets = {one.get("Id"): one.get("Target", "") for one in _tree(archive, relations)}
    found = {}
    for element in _tree(archive, book).iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        link = next((value for key, value in element.items() if key.rpartition("}")[2] == "id"), "")
        target = targets.get(link, "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        is_visible = element.get("state", "visible") == "visible"
        found[part.lower()] = (element.get("name") or part) if is_visible else ""
    return found


def _tree(archive: zipfile.ZipFile, name: str) -> Any:
    part = archive.read(name)
    _check_text(name, part)
    try:
        return ElementTree.fromstring(part, forbid_dtd=True)
    except (ElementTree.ParseError, ValueError) as error:
        raise Refused("damaged", reason=f"{name}: {error}"[:200]) from error


def _check_sheet(sheet: str, part: bytes, findings: Findings) -> bytes:
    """The sheet with error values as texts (the parser would make them blank). Raises Refused."""
    _check_box(sheet, part)
    if _NO_INDEX.search(part):
        raise Refused("damaged", reason=f"{sheet}: shared string")
    if b"<f" in part or b":f" in part:
        for cell in _NO_RESULT.finditer(part):
            findings.formulas += 1
            if findings.formulas <= 3:
                findings.where.append(f"{sheet}!{cell[1].decode()}")
    if b't="e"' in part or b"t='e'" in part:
        return _ERROR.sub(rb'\1"str"', part)
    return part


def _check_box(sheet: str, part: bytes) -> None:
    """The parser takes memory for every cell of the box; one stray cell in the corner would be 17 thousand million."""
    last = _ROW.match(part, max(part.rfind(b"<row "), part.rfind(b":row ")) + 1)
    rows = int(last[1]) if last else 1
    if rows * _widest(part) <= MOST_CELLS:
        return
    rows = columns = 1
    for letters, number in _filled(part):
        rows, columns = max(rows, number), max(columns, letters)
    if rows * columns > MOST_CELLS:
        raise Refused("far_cell", sheet=sheet, rows=rows, columns=columns, cell=f"{column_letters(columns)}{rows}")


def _widest(part: bytes) -> int:
    """How many columns there are at most, by the letters of the cells."""
    if re.search(rb' r="[A-Z]{3}', part):
        return 16384
    return 702 if re.search(rb' r="[A-Z]{2}', part) else 26


def _filled(part: bytes) -> Iterator[tuple[int, int]]:
    numbers: dict[bytes, int] = {}
    for cell in _FILLED.finditer(part):
        letters = cell[1]
        if letters not in numbers:
            value = 0
            for letter in letters:
                value = value * 26 + letter - 64
            numbers[letters] = value
        yield numbers[letters], int(cell[2])


def column_letters(column: int) -> str:
    """A column's letters: 1 → "A", 27 → "AA"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
