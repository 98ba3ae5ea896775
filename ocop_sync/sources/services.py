"""Which reader a source is for: by what it holds, not by what it is called."""

from pathlib import Path

from ocop_sync.errors import SourceUnusable
from ocop_sync.sources.feed import read_feed_file, read_feed_url
from ocop_sync.sources.reading import FORMATS, Reading, load
from ocop_sync.sources.table import read_table
from ocop_sync.sources.workbook import read_workbook

OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read(source: str, *, updated_since: str = "", etag: str = "") -> Reading:
    """Read a source by path or address. Raises SourceUnusable."""
    if source.startswith(("http://", "https://")):
        return read_feed_url(source, updated_since=updated_since, etag=etag)
    path = Path(source)
    content = load(path)
    if content.startswith(b"PK"):
        return read_workbook(path, content)
    if content.startswith(OLD_EXCEL):
        raise SourceUnusable(source=path.name, found="an old Excel file (.xls)", expected="it saved as .xlsx")
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        raise SourceUnusable(source=path.name, found="a file that is no workbook, or is truncated", expected=FORMATS)
    if path.suffix.lower() in (".json", ".jsonl") or content.lstrip().startswith(b"{"):
        return read_feed_file(path, content)
    return read_table(path, content)
