"""Workbooks written part by part, so that a test can put anything anywhere in them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from ocop_sync.records import RawRecord
from ocop_sync.sources.archive import column_letters
from ocop_sync.sources.reading import Reading
from ocop_sync.sources.refusals import Refusal
from ocop_sync.sources.services import ReadRequest, read

DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"
HEADER = ("TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao", "Ngày", "Số QĐ", "Cơ quan ban hành")
SOUND = ("1", "Mứt dâu", "HTX Thử", "Phường Phan Thiết, tỉnh Lâm Đồng", "4", "02/03/2026", "12/QĐ-UBND", "UBND tỉnh A")


def cell(column: int, row: int, text: str) -> str:
    """A text cell."""
    return f'<c r="{column_letters(column)}{row}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def rows_of(rows: Mapping[int, Sequence[str]]) -> str:
    """Row number → texts of its cells; "" makes no cell, a text that begins with "<c " is XML as it stands."""
    told = ""
    for row, texts in rows.items():
        cells = [t if t.startswith("<c ") else cell(n, row, t) for n, t in enumerate(texts, start=1) if t]
        told += f'<row r="{row}">{"".join(cells)}</row>'
    return told


def sheet(rows: Mapping[int, Sequence[str]] | str, *, merged: Sequence[str] = ()) -> str:
    """A sheet's XML."""
    told = rows if isinstance(rows, str) else rows_of(rows)
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    merges = merges and f"<mergeCells>{merges}</mergeCells>"
    return f"{DECLARED}<worksheet {MAIN}><sheetData>{told}</sheetData>{merges}</worksheet>"


def parts(*sheets: str, hidden: Sequence[int] = (), names: Sequence[str] = ("Loc", "Khac", "Nua")) -> dict[str, str]:
    """The parts of a workbook with these sheets."""
    numbers = range(1, len(sheets) + 1)
    states = {n: 'state="hidden" ' if n in hidden else "" for n in numbers}
    listed = "".join(f'<sheet name="{names[n - 1]}" sheetId="{n}" {states[n]}r:id="rId{n}"/>' for n in numbers)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    links += f'<Relationship Id="rId90" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    types = '<Default Extension="xml" ContentType="application/xml"/>'
    types += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}'
                               f'<Override PartName="/xl/workbook.xml" ContentType="{book}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
                       f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": told for n, told in zip(numbers, sheets, strict=True)},
    }  # fmt: skip


def packed(told: Mapping[str, str | bytes], *, level: int = 6) -> bytes:
    """The archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in told.items():
            archive.writestr(name, content)
    return out.getvalue()


def book(*sheets: str, **options: Sequence[int]) -> bytes:
    """An .xlsx with these sheets."""
    return packed(parts(*sheets, **options))  # type: ignore[arg-type]


def table(*rows: Sequence[str], start: int = 1, header: Sequence[str] = HEADER) -> dict[int, Sequence[str]]:
    """The header at row `start` and rows below it."""
    return dict(enumerate([header, *rows], start=start))


def records(path: Path, content: bytes | str, **request: object) -> tuple[list[RawRecord], Reading]:
    """What a file of this content gives."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    reading = read(str(path), ReadRequest(**request))  # type: ignore[arg-type]
    return list(reading.records), reading


def refusal(path: Path, content: bytes | str, **request: object) -> Refusal:
    """Why a file of this content cannot be read; its sentences name the file."""
    with pytest.raises(Refusal) as refused:
        records(path, content, **request)
    assert all(path.name in refused.value.message(language) for language in ("vi", "en"))
    return refused.value
