"""Judging records of a source anew between two runs, from what is kept of their rows, as a run would."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from catalog.certificates.models import Source, SourceRecord
from ocop_sync.held.rulings import Rulings, under
from ocop_sync.records import RawRecord
from ocop_sync.runs.judging import Judged, judge, key_of, names_digest
from ocop_sync.runs.snapshot import Snapshot, entry_of

Pair = tuple[SourceRecord, Judged]
_AT_ONCE = 100  # conditions of one question
_STEM = 43  # characters of a key that stay when records under one key are told apart


def raw_of(record: SourceRecord) -> RawRecord:
    """The row as the source gave it."""
    return RawRecord.from_columns(record.columns, sheet=record.sheet, row=record.row)


def told(record: SourceRecord, today: date) -> Judged:
    """The row judged by itself, without any ruling."""
    tier = record.default_tier or record.evidence
    return judge(raw_of(record), today, default_tier=tier, province_hint=record.hint)


def judge_anew(source: Source, records: Sequence[SourceRecord], rulings: Rulings, today: date) -> list[Pair]:
    """The records under these rulings, in their order, then those of the source that share a name or an id with one.

    They are judged against each other, with all that these in turn share one with, so that what is told of each is what
    a run would tell.
    """
    known = {record.pk: _pair(record, rulings, today) for record in records}
    _add_mates(source, known, rulings, today)
    told_of = len(known)
    _add_mates(source, known, rulings, today)
    pairs = list(known.values())
    snapshot = Snapshot()
    snapshot.add_all(entry_of(one) for _, one in pairs)
    snapshot.settle()
    judged = [one for one, _ in snapshot.records()]
    whole = [(record, replace(one, key=record.key)) for (record, _), one in zip(pairs, judged, strict=True)]
    return whole[:told_of]


def _pair(record: SourceRecord, rulings: Rulings, today: date) -> Pair:
    return record, under(told(record, today), rulings, today)


def _add_mates(source: Source, known: dict[int, Pair], rulings: Rulings, today: date) -> None:
    """Present records under the names that one of these bears or bore, or under its registry id."""
    names = {name for record, one in known.values() for name in (record.names, names_digest(one.record)) if name}
    ids = {key_of(one.record) for _, one in known.values() if one.record.registry_id}
    wanted = [Q(names__in=names), *(Q(key=key) | Q(key__startswith=f"{key[:_STEM]}/") for key in sorted(ids))]
    rows = SourceRecord.objects.filter(source=source, present=True).exclude(pk__in=list(known))
    for start in range(0, len(wanted), _AT_ONCE):
        for record in rows.filter(reduce(or_, wanted[start : start + _AT_ONCE])).order_by("pk"):
            known.setdefault(record.pk, _pair(record, rulings, today))
