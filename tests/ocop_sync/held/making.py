"""Held records and officers' decisions for tests."""

from datetime import date
from pathlib import Path
from typing import Any

from catalog import clock
from catalog.certificates.models import SourceRecord
from catalog.people.models import User
from ocop_sync.held.deeds import Deed
from ocop_sync.held.models import Action
from ocop_sync.held.services import Told, decide_on, last_rulings, version_of
from ocop_sync.runs.report import Report
from ocop_sync.runs.services import run_sync
from tests.ocop_sync.tables import write

DAY = date(2026, 11, 23)
LINK = "https://lamdong.gov.vn/quyet-dinh-1207.pdf"


def make_officer(name: str = "can-bo") -> User:
    return User.objects.get_or_create(username=name, defaults={"full_name": name, "is_officer": True})[0]


def sync(folder: Path, rows: list[dict[str, str]], name: str = "nguon", **options: Any) -> Report:
    """A run over a table of these rows."""
    return run_sync(write(folder / "bang.csv", rows), source_name=name, as_of=DAY, **options)


def record(product: str = "Mứt dâu 1", source: str = "nguon") -> SourceRecord:
    """The present record of this row's own name."""
    found = SourceRecord.objects.filter(source__name=source, present=True)
    return next(one for one in found if one.columns.get("product") == product)


def seen(*records: SourceRecord) -> dict[int, str]:
    last = last_rulings(records)
    return {one.pk: version_of(one, last.get(one.pk)) for one in records}


def decide(
    action: Action, *records: SourceRecord, officer: User | None = None, upload: Any = None, **typed: Any
) -> Told:
    """By an officer who has just looked; a correction comes with a link."""
    facts: dict[str, Any] = {"why": "Đã đối chiếu với quyết định.", **typed}
    if action == Action.CORRECTED:
        facts.setdefault("link", LINK)
    shown = facts.pop("shown", None) or seen(*records)
    with clock.as_of(DAY):
        told = decide_on(officer or make_officer(), shown, Deed(action, **facts), upload)
    for one in records:
        one.refresh_from_db()
    return told


def decided(action: Action, *records: SourceRecord, **typed: Any) -> None:
    """The same, where nothing is refused."""
    told = decide(action, *records, **typed)
    assert told.refused == []
