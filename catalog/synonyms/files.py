"""All groups as a CSV table that people send each other, and read back from one."""

import codecs
import csv
import io
from collections.abc import Iterable
from typing import Final

from catalog.spreadsheets import safe_cell
from catalog.synonyms.errors import FileNotText, FileTooLarge, FileWithoutColumns
from catalog.synonyms.groups import Group, Groups, Kind, typed_group
from catalog.text import fold

MOST_BYTES: Final = 512 * 1024
COLUMNS: Final = ("Loại", "Từ", "Tìm thêm", "Ghi chú")
_KINDS: Final = {Kind.GOODS: "hàng hóa", Kind.TRADE: "cách gọi chung"}
_READ_KINDS: Final = {fold(label): kind for kind, label in _KINDS.items()}


def write(groups: Iterable[Group]) -> bytes:
    """CSV in UTF-8 with a byte order mark, so that Excel shows the accents; phrases of a cell between slashes."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for group in groups:
        cells = (_KINDS[Kind(group.kind)], " / ".join(group.phrases), " / ".join(group.finds), group.note)
        table.writerow(map(safe_cell, cells))
    return codecs.BOM_UTF8 + file.getvalue().encode()


def read(content: bytes) -> Groups:
    """The groups of a file, tidied and not yet checked; cells between commas, semicolons or tabs.

    Raises FileTooLarge, FileNotText, FileWithoutColumns.
    """
    if len(content) > MOST_BYTES:
        raise FileTooLarge(most=MOST_BYTES // 1024)
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FileNotText from error
    header = [fold(cell) for cell in rows[0]] if rows else []
    wanted = [fold(name) for name in COLUMNS]
    if not set(wanted[:2]) <= set(header):
        raise FileWithoutColumns(columns=", ".join(COLUMNS))
    at = [header.index(name) if name in header else -1 for name in wanted]
    groups = (_group([row[i] if 0 <= i < len(row) else "" for i in at]) for row in rows[1:])
    return tuple(dict.fromkeys(group for group in groups if group.phrases or group.finds))


def _group(cells: list[str]) -> Group:
    kind, phrases, finds, note = (_unquoted(cell) for cell in cells)
    return typed_group(_READ_KINDS.get(fold(kind), kind), phrases, finds, note)


def _unquoted(cell: str) -> str:
    """Without the apostrophe that `safe_cell` puts before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and safe_cell(cell[1:]) != cell[1:] else cell


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileNotText from error
    if "\0" in text:
        raise FileNotText
    return text
