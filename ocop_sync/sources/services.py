"""Which reader a source is for: by what it holds, not by what it is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ocop_sync.sources.feed_file import read_lines_file, read_page_file
from ocop_sync.sources.mapping import folded_columns
from ocop_sync.sources.reading import LARGEST_FILE, LARGEST_LINES, Reading, display_name, head_of
from ocop_sync.sources.refusals import Refusal
from ocop_sync.sources.table import read_table
from ocop_sync.sources.workbook import read_workbook

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Office keeps a workbook under a password


@dataclass(frozen=True)
class ReadRequest:
    """`updated_since`, `etag`, `token`: for a feed over HTTP. `columns`: header text → field name, from the source's
    mapping file (`mapping.load_mapping`), for a workbook or a CSV table. `kind`: what it has to be, if anybody said so
    ("workbook", "table", "feed")."""

    updated_since: str = ""
    etag: str = ""
    token: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""

    def expect(self, kind: str, source: str) -> None:
        """Raises SourceUnusable where the source is of another kind than was said."""
        if self.kind not in ("", kind):
            raise Refusal("other_kind", source=source, kind=kind, wanted=self.kind)


NOTHING_ASKED = ReadRequest()


def read(origin: str, request: ReadRequest = NOTHING_ASKED) -> Reading:
    """Read a source by path or address, one lazy pass. Raises SourceUnusable, here or while records are read."""
    columns = folded_columns(request.columns, display_name(origin))
    if origin.startswith(("http://", "https://")):
        request.expect("feed", display_name(origin))
        from ocop_sync.sources.feed_http import read_feed_url  # noqa: PLC0415 - a file needs no HTTP client

        return read_feed_url(origin, updated_since=request.updated_since, etag=request.etag, token=request.token)
    path = Path(origin)
    suffix = path.suffix.lower()
    head = head_of(path, LARGEST_LINES if suffix == ".jsonl" else LARGEST_FILE)
    if head.startswith(b"PK"):
        request.expect("workbook", path.name)
        return read_workbook(path, columns)
    if head.startswith(OLD_EXCEL) or suffix == ".xls":  # a page of HTML is often sent as .xls too
        raise Refusal("password" if ENCRYPTED in path.read_bytes() else "old_excel", source=path.name)
    if suffix in (".xlsx", ".xlsm"):
        raise Refusal("damaged", source=path.name, reason="no archive")
    if suffix in (".json", ".jsonl") or head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        request.expect("feed", path.name)
        return read_lines_file(path) if suffix == ".jsonl" else read_page_file(path)
    request.expect("table", path.name)
    return read_table(path, columns)
