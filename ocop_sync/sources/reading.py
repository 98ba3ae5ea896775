"""What reading a source gives, whatever its format."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ocop_sync.errors import SourceUnusable
from ocop_sync.records import RawRecord

LARGEST_FILE = 64 * 1024 * 1024  # bytes
FORMATS = "an Excel workbook (.xlsx), a CSV table, or a registry feed (.json, .jsonl, or its address)"


@dataclass
class Reading:
    """Records in the source's order, and how many rows were no record (titles, blank lines, totals, signatures).

    `as_of` is the source's own day where it names one; `etag` goes back with the next request of a feed over HTTP.
    """

    kind: str
    default_tier: str
    digest: str
    records: list[RawRecord] = field(default_factory=list)
    ignored: int = 0
    as_of: date | None = None
    is_delta: bool = False
    province_hint: str = ""
    etag: str = ""
    unchanged: bool = False


def load(path: Path) -> bytes:
    """The bytes of a file. Raises SourceUnusable when it is missing, empty or too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise SourceUnusable(source=path.name, found=f"{size} bytes", expected=f"at most {LARGEST_FILE} bytes")
        content = path.read_bytes()
    except OSError as error:
        raise SourceUnusable(source=path.name, found=error.strerror or str(error), expected=FORMATS) from error
    if not content.strip():
        raise SourceUnusable(source=path.name, found="the file is empty", expected=FORMATS)
    return content


def digest_of(content: bytes) -> str:
    """SHA-256 of what was read."""
    return hashlib.sha256(content).hexdigest()
