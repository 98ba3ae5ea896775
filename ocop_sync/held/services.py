"""An officer's decision about held records: one transaction, kept, and in effect when it ends."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from catalog import clock
from catalog.certificates.models import Outcome, Source, SourceRecord
from catalog.errors import ShopError
from catalog.history.services import Cause
from catalog.people.models import User
from catalog.products.models import Product
from ocop_sync.decide import LAPSING
from ocop_sync.errors import SourceBusy
from ocop_sync.held import rulings
from ocop_sync.held.deeds import Deed, checked, meant, values_of
from ocop_sync.held.errors import (
    Decided,
    NameTaken,
    NotHeld,
    NothingChosen,
    NotWaivable,
    OtherAccepted,
    RowChanged,
    TooMany,
)
from ocop_sync.held.evidence import stored
from ocop_sync.held.models import Action, Evidence, Ruling
from ocop_sync.held.rejudging import Pair, judge_anew, raw_of, told
from ocop_sync.held.rulings import Ruled
from ocop_sync.held.words import lazy_codes
from ocop_sync.runs import identity, leases
from ocop_sync.runs.applying import put_again
from ocop_sync.runs.judging import contradict, names_of, told_by
from ocop_sync.runs.models import ACTIVE, Run, RunState

MOST = 200  # records in one step


@dataclass
class Told:
    """What became of each record: decided, or left as it was with the reason."""

    done: list[SourceRecord] = field(default_factory=list)
    refused: list[tuple[SourceRecord, ShopError]] = field(default_factory=list)


@dataclass
class _Draft:
    """A ruling to be written, and what it replaces."""

    record: SourceRecord
    hash: str
    last: Ruling | None
    ruled: Ruled


@dataclass(frozen=True)
class _Step:
    """One officer's one step, over whatever sources."""

    officer: User
    deed: Deed
    product: Product | None
    seen: Mapping[int, str]
    today: date


def decide_on(officer: User, seen: Mapping[int, str], deed: Deed, upload: "UploadedFile[bytes] | None" = None) -> Told:
    """Decide about records (pk → the version that was shown, `version_of`). What can be decided is, at once; what
    cannot is left as it was, and told. A double click is one decision.

    Raises NothingChosen, TooMany, WhyMissing, EvidenceMissing, BadLink, BadFile, HugeFile, FileNotStored,
    NoSuchProduct: then nothing is written.
    """
    if not seen:
        raise NothingChosen
    if len(seen) > MOST:
        raise TooMany(most=MOST)
    deed, product = checked(deed, has_file=upload is not None)
    with stored(upload, officer) as evidence:
        return _decide(_Step(officer, deed, product, seen, clock.today()), evidence)


def version_of(record: SourceRecord, last: Ruling | None) -> str:
    """What the record and the last ruling on its row looked like; another officer's or a run's change changes it."""
    facts = [record.hash, record.outcome, record.reasons, record.present]
    return f"{last.version if last else 0}.{hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:12]}"


def last_rulings(records: Collection[SourceRecord]) -> dict[int, Ruling]:
    """The last ruling on each record's row, by record; of records whose row has one."""
    rows = {(record.source_id, record.hash): record.pk for record in records}
    found = Ruling.objects.filter(source__in={source for source, _ in rows}, hash__in={row for _, row in rows})
    every = found.select_related("by", "product", "product_before", "evidence").order_by("version")
    return {rows[one.source_id, one.hash]: one for one in every if (one.source_id, one.hash) in rows}


@transaction.atomic
def _decide(step: _Step, evidence: Evidence | None) -> Told:
    told_of = Told()
    of_these = SourceRecord.objects.filter(pk__in=list(step.seen)).values("source")
    drafts: list[tuple[Source, list[_Draft], list[Pair]]] = []
    for source in Source.objects.select_for_update().filter(pk__in=of_these).order_by("pk"):
        chosen = _drafts(source, step, told_of)
        kept, pairs = _judged(source, chosen, step, told_of)
        if kept:
            drafts.append((source, kept, pairs))
    if drafts and evidence is not None:
        evidence.save()
    for source, kept, pairs in drafts:
        _write(source, kept, pairs, step, evidence)
        told_of.done += [one.record for one in kept]
    return told_of


def _drafts(source: Source, step: _Step, told_of: Told) -> list[_Draft]:
    """What each record of the source would be ruled; refusals and repeats of a double click go to `told_of`."""
    rows = SourceRecord.objects.select_for_update().filter(source=source, pk__in=list(step.seen)).order_by("pk")
    records = list(rows)
    if _is_busy(source):
        told_of.refused += [(record, SourceBusy(source=source.name)) for record in records]
        return []
    last = last_rulings(records)
    drafts = []
    for record in records:
        try:
            draft = _draft(record, step, last.get(record.pk))
        except ShopError as error:
            told_of.refused.append((record, error))
            continue
        if draft is None:
            told_of.done.append(record)
        else:
            drafts.append(draft)
    return drafts


def _is_busy(source: Source) -> bool:
    """Is a run at work on the source, or has one died with writing still to do? One that died reading has not."""
    active = Run.objects.filter(source=source, state__in=ACTIVE)
    return any(run.state == RunState.APPLYING or leases.is_alive(run) for run in active)


def _draft(record: SourceRecord, step: _Step, last: Ruling | None) -> _Draft | None:
    """None where the officer decided just this already. Raises what `meant` raises, Decided, RowChanged, NotHeld."""
    is_current = step.seen[record.pk] == version_of(record, last)
    if not is_current and not (last and _is_twin(last, step)):
        if last and step.seen[record.pk].partition(".")[0] != str(last.version):
            raise Decided(who=str(last.by), action=last.get_action_display())
        raise RowChanged
    if not is_current:
        return None
    if not record.present or (record.outcome != Outcome.HELD and not (last and last.in_force)):
        raise NotHeld
    raw = raw_of(record)
    ruled = meant(step.deed, step.product, record, raw, last)
    return _Draft(record, told(record, step.today).hash, last, ruled)


def _is_twin(last: Ruling, step: _Step) -> bool:
    """Is this the other half of a double click?"""
    theirs = (last.by_id, last.action, last.why, last.link, last.product_id if step.product else None)
    ours = (step.officer.pk, step.deed.action, step.deed.why, step.deed.link, step.product.pk if step.product else None)
    return theirs == ours


def _judged(source: Source, drafts: list[_Draft], step: _Step, told_of: Told) -> tuple[list[_Draft], list[Pair]]:
    """The drafts that may stand, with what would become of the records and of those that share a name with one."""
    in_force = rulings.load(source.name)
    while drafts:
        proposed = {**in_force, **{one.hash: one.ruled for one in drafts}}
        pairs = judge_anew(source, [one.record for one in drafts], proposed, step.today)
        refused = _refused(source, drafts, pairs, step.deed.action)
        if not refused:
            return drafts, pairs
        told_of.refused += [(one.record, refused[one.record.pk]) for one in drafts if one.record.pk in refused]
        drafts = [one for one in drafts if one.record.pk not in refused]
    return [], []


def _refused(source: Source, drafts: list[_Draft], pairs: Sequence[Pair], action: Action) -> dict[int, ShopError]:
    """Acceptances that would help nothing, or would let two rows stand that contradict each other."""
    if action != Action.ACCEPTED:
        return {}
    refused: dict[int, ShopError] = {}
    catalogue = identity.load(source, [one for _, one in pairs])
    unheld = [(record, one) for record, one in pairs if one.outcome != Outcome.HELD]
    for record, one in pairs[: len(drafts)]:
        bearer = catalogue.named.get(names_of(one))
        others = [other for other, two in unheld if other.pk != record.pk and contradict(told_by(one), told_by(two))]
        if bearer and "identity_conflict" in one.waived and catalogue.conflict(one) == "identity_conflict":
            refused[record.pk] = NameTaken(product=bearer.code)
        elif others:
            refused[record.pk] = OtherAccepted(where=f"{others[0].sheet} {others[0].row or others[0].key}".strip())
        elif one.outcome == Outcome.HELD:
            refused[record.pk] = NotWaivable(labels=lazy_codes(sorted(set(one.decision.reasons) - LAPSING)))
    return refused


def _write(source: Source, drafts: list[_Draft], pairs: Sequence[Pair], step: _Step, evidence: Evidence | None) -> None:
    """The rulings, and all that they change."""
    Ruling.objects.bulk_create(_ruling(source, one, step, evidence) for one in drafts)
    left: set[int] = set()  # products that a record spoke of by a merge that holds no more
    for one in drafts:
        if one.last and one.last.product_id and one.last.product_id != one.ruled.product:
            SourceRecord.objects.filter(pk=one.record.pk).update(product=one.last.product_before_id)
            left.add(one.last.product_id)
    ruled = {one.record.pk for one in drafts if one.ruled != values_of(one.last)}
    changed = [
        (r, j) for r, j in pairs if r.pk in ruled or (r.outcome, r.reasons) != (j.outcome, [*j.decision.reasons])
    ]
    put_again(source, [one for _, one in changed], Cause(by=step.officer, why=step.deed.why), also=left)


def _ruling(source: Source, draft: _Draft, step: _Step, evidence: Evidence | None) -> Ruling:
    ruled, last, record = draft.ruled, draft.last, draft.record
    was_merged = last is not None and last.product_id is not None
    before = last.product_before_id if last and was_merged else record.product_id
    return Ruling(
        source=source,
        record=record,
        hash=draft.hash,
        version=(last.version if last else 0) + 1,
        action=step.deed.action,
        cells=dict(ruled.cells),
        waived=list(ruled.waived),
        product_id=ruled.product,
        product_before_id=before if ruled.product else None,
        columns=record.columns,
        reasons=record.reasons,
        why=step.deed.why,
        link=step.deed.link,
        evidence=evidence,
        by=step.officer,
    )
