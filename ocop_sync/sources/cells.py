"""The process that reads a workbook's cells: a workbook on stdin, JSON lines on stdout. No Django, little memory.

A parser in native code may abort on a crafted file, so that it works alone, under limits that it sets itself. Lines:
`{"sheet", "merged"}` begins a visible sheet, `[row number, [text, …]]` is a row as Excel numbers it, `{"end", …}` says
that all was read, `{"refused", "data"}` why not. No end line: the process died.
"""

import contextlib
import hashlib
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from ocop_sync.sources.archive import WIDEST, Findings, Refused, clean_copy

MOST_MEMORY = 768 * 1024 * 1024  # bytes of address space
MOST_SECONDS = 60  # of processor time
LONGEST_CELL = 32_767  # characters; Excel's own limit
LONGEST_ROW = 2_000_000  # bytes
MOST_MERGED = 100_000
LONGEST_WHOLE = 10**22  # a whole float beyond this is written as it stands


def main() -> None:
    """Read stdin, write stdout; always ends with a line that says how it went."""
    _limit()
    out = sys.stdout.buffer
    try:
        for line in told(sys.stdin.buffer.read()):
            out.write(line + b"\n")
    except Refused as refused:
        out.write(_line({"refused": refused.problem, "data": refused.data}) + b"\n")
    except MemoryError:
        out.write(_line({"refused": "too_much", "data": {}}) + b"\n")
    except BrokenPipeError:
        return
    except BaseException as error:  # a panic of native code is no Exception
        data = {"reason": f"{type(error).__name__}: {error}"[:200]}
        out.write(_line({"refused": "damaged", "data": data}) + b"\n")
    out.flush()


def told(content: bytes) -> Iterator[bytes]:
    """The lines for a workbook. Raises Refused, and whatever the parser raises."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - under the limits

    findings, wide = Findings(), list[str]()
    book = CalamineWorkbook.from_filelike(clean_copy(content, findings))
    for index, sheet in enumerate(book.sheets_metadata):
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet:
            cells = book.get_sheet_by_index(index)
            if cells.end and cells.end[1] >= WIDEST:
                wide.append(sheet.name)
            yield from _sheet(sheet.name, cells)
    told = {"formulas": findings.formulas, "where": findings.where, "macros": findings.macros, "wide": wide}
    yield _line({"end": hashlib.sha256(content).hexdigest(), **told})


def _sheet(name: str, sheet: Any) -> Iterator[bytes]:
    merged = [(top + 1, left + 1, bottom + 1) for (top, left), (bottom, _) in sheet.merged_cell_ranges or ()]
    if len(merged) > MOST_MERGED:
        raise Refused("too_much")
    yield _line({"sheet": name, "merged": merged})
    indent = [""] * min(sheet.start[1] if sheet.start else 0, WIDEST)  # blank columns on the left are not given
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [value if type(value) is str else _text(value) for value in row[: max(0, WIDEST - len(indent))]]
        line = _line([number, [*indent, *cells]])
        if len(line) > LONGEST_CELL and (max(map(len, cells)) > LONGEST_CELL or len(line) > LONGEST_ROW):
            raise Refused("long_cell", sheet=name, row=number, most=LONGEST_CELL)
        yield line


def _text(value: Any) -> str:
    """Days as ISO, whole numbers without a decimal point."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer() and abs(value) < LONGEST_WHOLE:
        return str(int(value))
    return str(value)


def _line(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _limit() -> None:
    limits = ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS), (resource.RLIMIT_CORE, 0))
    for kind, most in limits:
        with contextlib.suppress(ValueError, OSError):  # a stricter limit is there already, or the system knows none
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
