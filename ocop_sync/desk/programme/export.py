"""A table as a file that a double click opens in Excel.

UTF-8 with a byte-order mark, without which Excel reads Vietnamese letters by the machine's old code page. Semicolons:
with Vietnam's regional settings the decimal mark is the comma, and Excel then divides a file by the semicolon. A
line `sep=;` would choose it by force, and make Excel forget the byte-order mark. Shares have a decimal comma in both
languages: the machine's settings read them, not the page's.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from catalog.clock import TIME_ZONE
from catalog.spreadsheets import safe_cell
from catalog.ui.formats import ngay
from ocop_sync.desk.programme.cells import Cell, Table, Tag

CONTENT_TYPE = "text/csv; charset=utf-8"


def as_csv(table: Table) -> bytes:
    """The head, the rows and the sums, in the language of the request."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in table.head])
    writer.writerows(_written(row) for row in (*table.rows, *([table.total] if table.total else [])))
    return text.getvalue().encode("utf-8-sig")


def _written(row: Sequence[Cell]) -> list[str | int]:
    return [cell if isinstance(cell, int) else safe_cell(_text(cell)) for cell in row]


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell.astimezone(TIME_ZONE):%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return ngay(cell)
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",")
    return cell.text if isinstance(cell, Tag) else str(cell or "")
