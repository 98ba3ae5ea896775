"""What of a source changed since its last run, what that takes off the shelf, and the guard over it."""

from dataclasses import dataclass, field, replace
from datetime import date

from catalog.certificates.gate import listable
from catalog.certificates.models import Outcome, Source, SourceRecord
from ocop_sync.decide import with_reason
from ocop_sync.runs import identity
from ocop_sync.runs.judging import Judged

GUARD_SHARE, GUARD_COUNT = 0.10, 3


@dataclass
class Comparison:
    """`judged` in the source's order, conflicts with other sources told; what has to be written; what would go."""

    judged: list[Judged]
    changed: list[Judged] = field(default_factory=list)
    moved: list[tuple[int, str, int | None]] = field(default_factory=list)  # same facts, another row: (pk, sheet, row)
    withdrawn: list[str] = field(default_factory=list)  # keys
    listed_now: int = 0
    delists: set[str] = field(default_factory=set)  # keys

    @property
    def is_guarded(self) -> bool:
        """More than 10% and more than 3 of what the source has listed, or all of it, would go."""
        gone = len(self.delists)
        too_many = gone > GUARD_SHARE * self.listed_now and gone > GUARD_COUNT
        return gone > 0 and (too_many or gone == self.listed_now)


def compare(source: Source, judged: list[Judged], today: date, *, is_delta: bool, deleted: set[str]) -> Comparison:
    """Compare what was read with what the source last had. `deleted`: keys that a feed marks as withdrawn."""
    known = {record.key: record for record in SourceRecord.objects.filter(source=source)}
    told = Comparison([_with_conflict(source, one) for one in judged])
    on_shelf = _on_shelf(source, today)
    told.listed_now = len(on_shelf)
    keys = {one.key for one in told.judged if not one.repeat}
    for one in told.judged:
        if one.repeat:
            continue
        record = known.get(one.key)
        if record and _same(record, one):
            if (record.sheet, record.row) != (one.record.sheet, one.record.row):
                told.moved.append((record.pk, one.record.sheet, one.record.row))
        else:
            told.changed.append(one)
            if one.key in on_shelf and one.outcome != Outcome.LISTED:
                told.delists.add(one.key)
    gone = {key for key, record in known.items() if record.present and key not in keys}
    told.withdrawn = sorted(gone & deleted if is_delta else gone)
    told.delists |= on_shelf & set(told.withdrawn)
    return told


def _on_shelf(source: Source, today: date) -> set[str]:
    """Keys of the source's listed records whose product is on the shelf today: what expired by itself is not."""
    listed = SourceRecord.objects.filter(source=source, present=True, outcome=Outcome.LISTED)
    return set(listed.filter(listable(today, "product__")).values_list("key", flat=True))


def _same(record: SourceRecord, one: Judged) -> bool:
    return (
        record.present
        and record.hash == one.hash
        and record.outcome == one.decision.outcome
        and tuple(record.reasons) == one.decision.reasons
    )


def _with_conflict(source: Source, one: Judged) -> Judged:
    if one.repeat or one.decision.outcome == Outcome.HELD:
        return one
    known = identity.find(source, one)
    code = identity.conflict(source, one, known.product)
    return replace(one, decision=with_reason(one.decision, code)) if code else one
