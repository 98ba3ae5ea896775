"""A run's report, as people and `--json` get it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalog.certificates.models import Outcome
from ocop_sync.runs.judging import IGNORED, Judged
from ocop_sync.sources.reading import Reading

OUTCOMES = (Outcome.LISTED, Outcome.LAPSED, Outcome.HELD)


@dataclass
class Report:
    """Counts of one run. `applied`: changes written; `records`: one entry a record, in the source's order;
    `notes`: what an officer should know of the file (unknown columns with a proposal, its encoding), in Vietnamese."""

    source: str
    as_of: date
    read: int = 0
    listed: int = 0
    lapsed: int = 0
    held: int = 0
    ignored: int = 0
    withdrawn: int = 0
    applied: int = 0
    records: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """What is kept of a run."""
        names = ("read", "listed", "lapsed", "held", "ignored", "withdrawn", "applied")
        return {name: getattr(self, name) for name in names}

    def as_dict(self, records: str = "all") -> dict[str, Any]:
        """For `--json`; `records` is "all", "problems" (all but listed) or "none"."""
        chosen = [r for r in self.records if records == "all" or (records == "problems" and r["outcome"] != "listed")]
        return {
            "source": self.source,
            "as_of": self.as_of.isoformat(),
            **self.counts(),
            "notes": self.notes,
            "records": chosen,
        }


def report_of(source: str, as_of: date, judged: Iterable[Judged], reading: Reading) -> Report:
    """What was read and what became of it; nothing is withdrawn or applied yet."""
    records = [_entry(one) for one in judged]
    tally = Counter(record["outcome"] for record in records)
    ignored = reading.ignored + tally[IGNORED]
    report = Report(source, as_of, ignored=ignored, records=records, notes=reading.notes)
    report.listed, report.lapsed, report.held = (tally[outcome] for outcome in OUTCOMES)
    report.read = report.listed + report.lapsed + report.held
    return report


def _entry(one: Judged) -> dict[str, Any]:
    return {
        "sheet": one.record.sheet or None,
        "row": one.record.row,
        "product": one.record.product,
        "outcome": str(one.outcome),
        "star": one.decision.star,
        "province_code": one.decision.place.province_code or None,
        "commune_code": one.decision.place.commune_code or None,
        "reasons": [] if one.repeat else list(one.decision.reasons),
    }
