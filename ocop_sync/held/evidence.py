"""Files that officers give as evidence: kept byte for byte, told by their first bytes, never by their name."""

import hashlib
import logging
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from catalog.people.models import User
from catalog.reports.models import private_storage
from catalog.reports.services import tidy_text
from ocop_sync.held.errors import BadFile, BadLink, FileNotStored, HugeFile
from ocop_sync.held.models import Evidence

log = logging.getLogger(__name__)
MOST_BYTES = 8_000_000  # with the texts below the proxy's 10 MB
LONGEST_LINK = 500
KINDS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
IMAGES = ("jpg", "png")
_MAGIC = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"))
_MOST_PARTS = 4_000  # of a .docx


def read_link(typed: str) -> str:
    """The address that was typed, or "" for none. Raises BadLink."""
    link = typed.strip()
    if not link:
        return ""
    try:
        URLValidator(schemes=["https", "http"])(link)
    except ValidationError as error:
        raise BadLink(most=LONGEST_LINK) from error
    if len(link) > LONGEST_LINK:
        raise BadLink(most=LONGEST_LINK)
    return link


@contextmanager
def stored(upload: "UploadedFile[bytes] | None", officer: User) -> Iterator[Evidence | None]:
    """The uploaded file in the storage, with its row still to be saved; what is not saved inside the block is deleted.

    None without a file. Raises HugeFile, BadFile, FileNotStored.
    """
    if upload is None:
        yield None
        return
    evidence, kept = _store(upload, officer), False
    try:
        yield evidence
        kept = evidence.pk is not None
    finally:
        if not kept:
            _drop(evidence.name)


def _store(upload: "UploadedFile[bytes]", officer: User) -> Evidence:
    title = tidy_text(upload.name or "", 200) or "–"
    if (upload.size or 0) > MOST_BYTES:
        raise HugeFile(title=title, most=MOST_BYTES // 1_000_000)
    data = upload.read()
    kind = kind_of(data)
    if not kind:
        raise BadFile(title=title)
    try:
        name = private_storage().save(f"held/{secrets.token_hex(24)}.{kind}", ContentFile(data))
    except Exception as error:  # whatever the storage's library raises
        log.exception("an officer's file could not be stored")
        raise FileNotStored from error
    digest = hashlib.sha256(data).hexdigest()
    return Evidence(name=name, title=title, kind=kind, size=len(data), digest=digest, by=officer)


def kind_of(data: bytes) -> str:
    """A key of `KINDS`, or "" for everything else."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    return "docx" if data.startswith(b"PK\x03\x04") and _is_document(data) else ""


def _is_document(data: bytes) -> bool:
    """A Word document without macros: looked at by the names of its parts only."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except Exception:  # a crafted archive may make it raise anything
        return False
    whole = {"[Content_Types].xml", "word/document.xml"} <= set(names)
    return whole and len(names) <= _MOST_PARTS and not any("vba" in name.lower() for name in names)


def _drop(name: str) -> None:
    try:
        private_storage().delete(name)
    except Exception:  # it lies unnamed in the private storage
        log.warning("a file without a decision stays in the storage: %s", name, exc_info=True)
