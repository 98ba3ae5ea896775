"""A run's report, as people and `--json` get it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalog.certificates.models import Outcome
from ocop_sync.runs.judging import IGNORED, Judged
from ocop_sync.runs.snapshot import Snapshot


@dataclass
class Report:
    """Counts of one run. `applied`: changes written; `notes`: what an officer should know of the file (unknown columns
    with a proposal, its encoding), in Vietnamese; `snapshot`: the records read, none where nothing was."""

    source: str
    as_of: date
    read: int = 0
    listed: int = 0
    lapsed: int = 0
    held: int = 0
    ignored: int = 0
    withdrawn: int = 0
    applied: int = 0
    notes: list[str] = field(default_factory=list)
    snapshot: Snapshot | None = field(default=None, repr=False, compare=False)

    def counts(self) -> dict[str, int]:
        """What is kept of a run."""
        names = ("read", "listed", "lapsed", "held", "ignored", "withdrawn", "applied")
        return {name: getattr(self, name) for name in names}

    @property
    def records(self) -> list[dict[str, Any]]:
        """One entry a record, in the source's order, all in memory."""
        return list(self.entries("all"))

    def entries(self, records: str) -> Iterator[dict[str, Any]]:
        """One entry a record, in the source's order; `records` is "all", "problems" (all but listed) or "none"."""
        if self.snapshot is None or records == "none":
            return
        for one, is_repeat in self.snapshot.records():
            if records == "all" or is_repeat or one.outcome != Outcome.LISTED:
                yield _entry(one, is_repeat=is_repeat)

    def as_dict(self, records: str = "all") -> dict[str, Any]:
        """For `--json`; `records` as `entries` takes it."""
        return {
            "source": self.source,
            "as_of": self.as_of.isoformat(),
            **self.counts(),
            "notes": self.notes,
            "records": list(self.entries(records)),
        }


def report_of(source: str, as_of: date, snapshot: Snapshot, *, ignored: int, notes: list[str]) -> Report:
    """What was read and what became of it; `ignored` rows are no record. Nothing is withdrawn or applied yet."""
    report = Report(source, as_of, ignored=ignored + snapshot.repeats(), notes=notes, snapshot=snapshot)
    report.listed, report.lapsed, report.held = (
        snapshot.count(outcome) for outcome in (Outcome.LISTED, Outcome.LAPSED, Outcome.HELD)
    )
    report.read = report.listed + report.lapsed + report.held
    return report


def _entry(one: Judged, *, is_repeat: bool) -> dict[str, Any]:
    return {
        "sheet": one.record.sheet or None,
        "row": one.record.row,
        "product": one.record.product,
        "outcome": IGNORED if is_repeat else str(one.outcome),
        "star": one.decision.star,
        "province_code": one.decision.place.province_code or None,
        "commune_code": one.decision.place.commune_code or None,
        "reasons": [] if is_repeat else list(one.decision.reasons),
    }
