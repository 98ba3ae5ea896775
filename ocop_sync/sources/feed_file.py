"""The registry feed v1 in a file: one page (.json), or one item a line (.jsonl), which is streamed."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from catalog.certificates.models import Tier
from ocop_sync.records import RawRecord
from ocop_sync.sources.feed_items import LONGEST_ITEM, parse, record_of
from ocop_sync.sources.feed_page import Page, page_of
from ocop_sync.sources.layout import unreadable
from ocop_sync.sources.reading import HashingFile, Reading
from ocop_sync.sources.refusals import Refusal

_BOM = b"\xef\xbb\xbf"


def read_page_file(path: Path) -> Reading:
    """A file that holds one page; read whole, since its day may stand after its items. Raises SourceUnusable."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refusal("no_file", source=path.name, reason=error.strerror or str(error)) from error
    page = page_of(content, path.name)
    if page.cursor:
        raise Refusal("several_pages", source=path.name)
    if not page.items:
        raise Refusal("no_item", source=path.name)
    reading = Reading("feed", Tier.C, iter(()), as_of=page.day)
    reading.records = _page_records(page, hashlib.sha256(content).hexdigest(), reading)
    return reading


def _page_records(page: Page, digest: str, reading: Reading) -> Iterator[RawRecord]:
    for number, item in enumerate(page.items, start=1):
        yield record_of(number, item)
    reading.digest = digest


def read_lines_file(path: Path) -> Reading:
    """A file with one item a line; rows are numbered as lines, blank ones are ignored. Raises SourceUnusable."""
    reading = Reading("feed", Tier.C, iter(()))
    reading.records = _line_records(path, reading)
    return reading


def _line_records(path: Path, reading: Reading) -> Iterator[RawRecord]:
    read = 0
    with HashingFile(path) as file, io.BufferedReader(file, 1 << 18) as lines:
        number = 0
        while line := lines.readline(LONGEST_ITEM + 1):
            number += 1
            if len(line) > LONGEST_ITEM and not line.endswith(b"\n"):
                _skip_line(lines)
                yield unreadable(number, f"Mục {number}: dài hơn {LONGEST_ITEM} byte.")
            elif line.strip().removeprefix(_BOM):
                yield _line_record(number, line.removeprefix(_BOM) if number == 1 else line, path.name)
            else:
                reading.ignored += 1
                continue
            read += 1
        reading.digest = file.digest
    if not read:
        raise Refusal("no_item", source=path.name)


def _line_record(number: int, line: bytes, source: str) -> RawRecord:
    try:
        return record_of(number, parse(line.decode("utf-8")))
    except RecursionError:
        return unreadable(number, f"Mục {number}: lồng nhau quá sâu.")
    except UnicodeDecodeError as error:
        raise Refusal("no_json", source=source, line=number, reason=f"UTF-8: {error.reason}") from error
    except ValueError as error:
        raise Refusal("no_json", source=source, line=number, reason=getattr(error, "msg", str(error))) from error


def _skip_line(lines: BinaryIO) -> None:
    while (rest := lines.readline(LONGEST_ITEM)) and not rest.endswith(b"\n"):
        pass
