"""Judging all records of a reading: each by itself, then against each other."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from catalog.certificates.models import Outcome
from catalog.text import name_key
from ocop_sync.decide import Decision, Grant, decide, with_reason
from ocop_sync.held.rulings import NO_RULINGS, Rulings, under
from ocop_sync.normalise.keys import authority_key, decision_key, record_key
from ocop_sync.records import RawRecord

IGNORED = "ignored"
Told = tuple[RawRecord, str]  # a record and the province that its source speaks of


@dataclass(frozen=True, slots=True)
class Judged:
    """A record with what became of it. `key` is its key within the source; `repeat`: an exact repeat of an earlier.

    `hint` and `default_tier` are what it was judged by besides its cells. Under an officer's ruling `record` is the
    record as corrected and `told` the row as the source gave it (key and hash are the row's); `waived` are codes that
    do not hold it, `product` is the product that it was said to speak of.
    """

    record: RawRecord
    decision: Decision
    key: str
    hash: str
    repeat: bool = False
    hint: str = ""
    default_tier: str = ""
    told: RawRecord | None = None
    waived: tuple[str, ...] = ()
    product: int | None = None

    def objected(self, code: str) -> "Judged":
        """The same with one more code, unless an officer waived it."""
        return self if code in self.waived else replace(self, decision=with_reason(self.decision, code))

    @property
    def outcome(self) -> str:
        """An `Outcome`, or "ignored" for a repeat."""
        return IGNORED if self.repeat else self.decision.outcome


def judge(records: Iterable[Told], today: date, *, default_tier: str, rulings: Rulings = NO_RULINGS) -> list[Judged]:
    """Every record of the source in its order, as of `today`; those marked deleted are left to the caller."""
    told = ((record, hint) for record, hint in records if not record.deleted)
    judged = [under(judge_one(record, today, default_tier, hint), rulings, today) for record, hint in told]
    return judge_together(judged)


def judge_together(judged: list[Judged]) -> list[Judged]:
    """Records that were judged each by itself, against each other; as many, in their order."""
    judged = _mark_repeats(judged)
    return _separate(_mark_conflicts(judged))


def judge_one(record: RawRecord, today: date, default_tier: str, province_hint: str) -> Judged:
    """A record by itself, without what officers ruled."""
    decision = decide(record, today, default_tier=default_tier, province_hint=province_hint)
    told = json.dumps([record.columns(), decision.tier], ensure_ascii=False, sort_keys=True)
    told_hash = hashlib.sha256(told.encode()).hexdigest()[:40]
    return Judged(record, decision, key_of(record), told_hash, hint=province_hint, default_tier=default_tier)


def key_of(record: RawRecord) -> str:
    """The record's key within its source; a row without product or producer is known by all that it holds."""
    if not record.registry_id and not (record.product and record.producer):
        told = json.dumps(record.columns(), ensure_ascii=False, sort_keys=True)
        return "row:" + hashlib.sha256(told.encode()).hexdigest()[:36]
    return record_key(record.registry_id, record.product, record.producer)


def names_digest(record: RawRecord) -> str:
    """Equal for records that bear the same names of product and producer; "" where one of them is missing."""
    return record_key("", record.product, record.producer) if record.product and record.producer else ""


def _mark_repeats(judged: list[Judged]) -> list[Judged]:
    """An exact repeat of an earlier row (running number and place in the source apart) is ignored."""
    seen: set[tuple[str, str]] = set()
    marked = []
    for one in judged:
        marked.append(replace(one, repeat=(one.key, one.hash) in seen))
        seen.add((one.key, one.hash))
    return marked


def _mark_conflicts(judged: list[Judged]) -> list[Judged]:
    """The same product of the same producer, twice, with different facts about one recognition: all are held."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, one in enumerate(judged):
        if one.record.product and one.record.producer and not one.repeat:
            groups[name_key(one.record.product), name_key(one.record.producer)].append(index)
    by_id: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(judged):
        if one.record.registry_id and not one.repeat:
            by_id[one.key].append(index)
    clashing = {i for many in groups.values() for i in _clashing(judged, many)}
    clashing |= {i for many in by_id.values() if len(many) > 1 for i in many}
    return [one.objected("duplicate_conflict") if index in clashing else one for index, one in enumerate(judged)]


def _clashing(judged: list[Judged], indexes: list[int]) -> Iterable[int]:
    for position, left in enumerate(indexes):
        for right in indexes[position + 1 :]:
            if contradict(judged[left], judged[right]):
                yield left
                yield right


def contradict(left: Judged, right: Judged) -> bool:
    """Do they speak of one recognition, and differently?"""
    ours, theirs = _told(left), _told(right)
    identity = all(a == b or not a or not b for a, b in zip(ours[:3], theirs[:3], strict=True))
    return identity and any(a != b and a and b for a, b in zip(ours[3:], theirs[3:], strict=True))


def _told(one: Judged) -> tuple[object, ...]:
    """Authority, number and date; then star, score, expiry, status, commune and province."""
    newest = one.record.recognitions[-1] if one.record.recognitions else None
    grant, place = one.decision.grant, one.decision.place
    return (
        authority_key(newest.authority) if newest else "",
        decision_key(newest.decision) if newest else "",
        grant.issued_on if grant else (newest.issued if newest else ""),
        one.decision.star,
        grant.score if grant else None,
        grant.expires_on if grant else None,
        grant.status if grant else "",
        place.commune_code,
        place.province_code,
    )


def _separate(judged: list[Judged]) -> list[Judged]:
    """Two records under one key get one each: the newest recognition keeps the key, the others add their own facts."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(judged):
        if not one.repeat:
            groups[one.key].append(index)
    out = list(judged)
    for indexes in groups.values():
        ranked = sorted(indexes, key=lambda i: (_issued(judged[i].decision.grant), -i), reverse=True)
        for index in ranked[1:]:
            out[index] = replace(out[index], key=f"{out[index].key[:43]}/{out[index].hash[:20]}")
    return out


def _issued(grant: Grant | None) -> date:
    return grant.issued_on if grant else date.min


def is_listed(one: Judged) -> bool:
    """Proves itself today."""
    return one.outcome == Outcome.LISTED
