"""What reading a source gives, whatever its format, and how its bytes are taken in."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from catalog.text import clean, remembered
from ocop_sync.normalise.scrub import scrub
from ocop_sync.records import RawRecord
from ocop_sync.sources.refusals import Refusal

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LARGEST_FILE = 64 * 1024 * 1024  # bytes: a workbook, a CSV table, a page of a feed
LARGEST_LINES = 1024 * 1024 * 1024  # bytes: a feed with one item a line
OFTEN_REPEATED = 80  # characters; shorter texts (authorities, communes, stars) are worth remembering


@dataclass
class Reading:
    """One pass over a source, in its order, with memory that does not grow with the rows.

    Known at once: `kind`, `default_tier`, `as_of` (the source's own day in Asia/Ho_Chi_Minh, where it names one),
    `is_delta`, `etag` (goes back with the next request), `unchanged`. `province_hint` holds for the record just
    yielded. Complete once `records` is exhausted: `ignored` (rows that are no record: titles, blank lines, totals,
    signatures), `digest` (SHA-256 of what was read), `notes` (for the officer, in Vietnamese).
    Iterating raises SourceUnusable, also midway: then nothing may be changed. A snapshot without any record raises it.
    """

    kind: str
    default_tier: str
    records: Iterator[RawRecord]
    province_hint: str = ""
    as_of: date | None = None
    is_delta: bool = False
    etag: str = ""
    unchanged: bool = False
    ignored: int = 0
    digest: str = ""
    notes: list[str] = field(default_factory=list)


class HashingFile(io.RawIOBase):
    """A file that is read once, from front to back, and knows the SHA-256 of what was read of it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("rb", buffering=0)
        self._sum = hashlib.sha256()

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """The next bytes."""
        count = self._file.readinto(buffer) or 0
        self._sum.update(memoryview(buffer)[:count])
        return count

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()

    @property
    def digest(self) -> str:
        """SHA-256 of what was read so far."""
        return self._sum.hexdigest()


def head_of(path: Path, most: int) -> bytes:
    """The first bytes of a file of at most `most` bytes. Raises SourceUnusable: missing, empty or too large."""
    try:
        if path.exists() and not path.is_file():
            raise Refusal("no_file", source=path.name, reason="not a file")
        size = path.stat().st_size
        if size > most:
            raise Refusal("too_large", source=path.name, size=size, most=most)
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise Refusal("no_file", source=path.name, reason=error.strerror or str(error)) from error
    if not head.strip() and size <= len(head):
        raise Refusal("empty", source=path.name)
    return head


@remembered(16_384)
def tidy(text: str) -> str:
    """A cell's text as it is kept: NFC, white space evened out, telephone numbers taken out."""
    return scrub(clean(text))


def display_name(origin: str) -> str:
    """A source's name for people and logs: a file's name, an address without user, query and fragment."""
    if not origin.startswith(("http://", "https://")):
        return Path(origin).name
    try:
        parts = urlsplit(origin)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return origin.split("://", 1)[0] + "://…"
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"
