"""What of a source changed since its last run, what that takes off the shelf, and the guard over it."""

from dataclasses import dataclass, field
from datetime import date

from catalog.certificates.gate import listable
from catalog.certificates.models import Outcome, Source, SourceRecord
from ocop_sync.runs import identity
from ocop_sync.runs.judging import Judged

GUARD_SHARE, GUARD_COUNT = 0.10, 3
BATCH = 400  # records asked about at once: a query's parameters are limited


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


@dataclass(frozen=True, slots=True)
class _Last:
    """A record as the source last had it."""

    pk: int
    hash: str
    outcome: str
    reasons: tuple[str, ...]
    present: bool
    place: tuple[str, int | None]
    product_id: int | None

    def tells(self, one: Judged) -> bool:
        """The same, with the same outcome."""
        known = (self.hash, self.outcome, self.reasons)
        return self.present and known == (one.hash, one.decision.outcome, one.decision.reasons)


def compare(source: Source, judged: list[Judged], today: date, *, is_delta: bool, deleted: set[str]) -> Comparison:
    """Compare what was read with what the source last had. `deleted`: keys that a feed marks as withdrawn."""
    last = _last(source)
    told = Comparison(_with_conflicts(source, judged, last))
    on_shelf = _on_shelf(source, today)
    told.listed_now = len(on_shelf)
    keys = {one.key for one in told.judged if not one.repeat}
    for one in told.judged:
        if one.repeat:
            continue
        record = last.get(one.key)
        if record and record.tells(one):
            if record.place != (one.record.sheet, one.record.row):
                told.moved.append((record.pk, one.record.sheet, one.record.row))
        else:
            told.changed.append(one)
            if one.key in on_shelf and one.outcome != Outcome.LISTED:
                told.delists.add(one.key)
    gone = {key for key, record in last.items() if record.present and key not in keys}
    told.withdrawn = sorted(gone & deleted if is_delta else gone)
    told.delists |= on_shelf & set(told.withdrawn)
    return told


def _last(source: Source) -> dict[str, _Last]:
    columns = ("key", "pk", "hash", "outcome", "reasons", "present", "sheet", "row", "product_id")
    rows = SourceRecord.objects.filter(source=source).values_list(*columns).iterator(chunk_size=2000)
    return {
        key: _Last(pk, told, outcome, tuple(reasons), present, (sheet, row), product)
        for key, pk, told, outcome, reasons, present, sheet, row, product in rows
    }


def _on_shelf(source: Source, today: date) -> set[str]:
    """Keys of the source's listed records whose product is on the shelf today: what expired by itself is not."""
    listed = SourceRecord.objects.filter(source=source, present=True, outcome=Outcome.LISTED)
    return set(listed.filter(listable(today, "product__")).values_list("key", flat=True))


def _with_conflicts(source: Source, judged: list[Judged], last: dict[str, _Last]) -> list[Judged]:
    """Records that contradict what other sources hold get the code for it; the others come back as they are."""
    shared = identity.shared_products(source)
    told = list(judged)
    open_ones = [i for i, one in enumerate(judged) if _may_conflict(one, last.get(one.key), shared)]
    for start in range(0, len(open_ones), BATCH):
        batch = open_ones[start : start + BATCH]
        catalogue = identity.load(source, [judged[i] for i in batch])
        for index in batch:
            if code := catalogue.conflict(judged[index]):
                told[index] = judged[index].objected(code)
    return told


def _may_conflict(one: Judged, record: _Last | None, shared: set[int]) -> bool:
    if one.repeat or one.decision.outcome == Outcome.HELD:
        return False
    settled = record is not None and record.product_id is not None and record.hash == one.hash
    return not settled or (record is not None and record.product_id in shared)
