"""A CSV table: UTF-8 with or without BOM, comma or semicolon, a header row of known names."""

import csv
import io
from pathlib import Path

from catalog.certificates.models import Tier
from catalog.text import clean
from ocop_sync.errors import SourceUnusable
from ocop_sync.normalise.scrub import scrub
from ocop_sync.records import RawRecognition, RawRecord
from ocop_sync.sources.columns import RECOGNITION, field_of
from ocop_sync.sources.reading import Reading, digest_of

EXPECTED = "a UTF-8 CSV table whose first row names at least the product and the producer (Tên sản phẩm, Chủ thể)"


def read_table(path: Path, content: bytes) -> Reading:
    """Every row below the header is a record, or is counted as ignored when it is blank. Raises SourceUnusable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceUnusable(source=path.name, found="text that is not UTF-8", expected=EXPECTED) from error
    if "\x00" in text:
        raise SourceUnusable(source=path.name, found="binary data", expected=EXPECTED)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows = _numbered(text, delimiter)
    except csv.Error as error:
        raise SourceUnusable(source=path.name, found=str(error), expected=EXPECTED) from error
    columns = [field_of(name) for name in rows[0][1]] if rows else []
    if "product" not in columns or "producer" not in columns:
        raise SourceUnusable(source=path.name, found=f"the header {first.strip()[:120]!r}", expected=EXPECTED)
    reading = Reading("csv", Tier.B2, digest_of(content))
    for number, cells in rows[1:]:
        record = _record(number, columns, cells)
        if record is None:
            reading.ignored += 1
        else:
            reading.records.append(record)
    if not reading.records:
        raise SourceUnusable(source=path.name, found="a header without any row", expected=EXPECTED)
    return reading


def _numbered(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Rows with their number, as a spreadsheet shows it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return list(enumerate(reader, start=1))


def _record(number: int, columns: list[str | None], cells: list[str]) -> RawRecord | None:
    facts: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and (value := scrub(clean(cell))):
            facts.setdefault(column, value)
    if not facts:
        return None
    facts["star"] = facts.get("star") or facts.get("current_star", "")
    recognition = RawRecognition(
        **{name: facts.pop(name, "") for name in RECOGNITION}, expires=facts.pop("expires", "")
    )
    return RawRecord(row=number, recognitions=() if recognition.is_empty else (recognition,), **facts)  # type: ignore[arg-type]
