"""Judging one record by itself, and telling whether two records contradict each other."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from catalog.certificates.models import Outcome
from catalog.text import name_key
from ocop_sync.decide import Decision, decide, with_reason
from ocop_sync.normalise.keys import authority_key, decision_key, record_key
from ocop_sync.records import RawRecord

IGNORED = "ignored"
Told = tuple[Any, ...]
Names = tuple[str, str, str]  # keys of product and producer, code of the producer's province


@dataclass(frozen=True, slots=True)
class Judged:
    """A record with what became of it. `key` is its key within the source, `hash` that of what the source tells.

    `hint` (a province) and `default_tier` are what it was judged by besides its cells. Under an officer's ruling
    `record` is the record as corrected and `told` the row as the source gave it (key and hash are the row's); `waived`
    are codes that do not hold it, `product` is the product that it was said to speak of.
    """

    record: RawRecord
    decision: Decision
    key: str
    hash: str
    hint: str = ""
    default_tier: str = ""
    told: RawRecord | None = None
    waived: tuple[str, ...] = ()
    product: int | None = None

    @property
    def outcome(self) -> str:
        """An `Outcome`."""
        return self.decision.outcome

    @property
    def proves(self) -> bool:
        """Does it prove its recognition?"""
        return self.decision.outcome != Outcome.HELD and self.decision.grant is not None

    def objected(self, code: str) -> "Judged":
        """The same record with one more reason code, found by comparing records, unless an officer waived it."""
        return self if code in self.waived else replace(self, decision=with_reason(self.decision, code))


_judged = TypeAdapter(Judged)
_text_of = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def as_json(one: Judged) -> str:
    """A judged record as a JSON text, for the time until it is written."""
    return _judged.dump_json(one, exclude_defaults=True).decode()


def from_json(text: str) -> Judged:
    """What `as_json` wrote. Raises pydantic.ValidationError."""
    return _judged.validate_json(text)


def judge(record: RawRecord, today: date, *, default_tier: str, province_hint: str = "") -> Judged:
    """One record as of `today` (Asia/Ho_Chi_Minh), by itself and without what officers ruled.

    `province_hint`: where its source names no province.
    """
    decision = decide(record, today, default_tier=default_tier, province_hint=province_hint)
    told = _text_of([record.columns(), decision.tier])
    told_hash = hashlib.sha256(told.encode()).hexdigest()[:40]
    return Judged(record, decision, key_of(record), told_hash, hint=province_hint, default_tier=default_tier)


def key_of(record: RawRecord) -> str:
    """The record's key within its source; a row without product or producer is known by all that it holds."""
    if not record.registry_id and not (record.product and record.producer):
        told = _text_of(record.columns())
        return "row:" + hashlib.sha256(told.encode()).hexdigest()[:36]
    return record_key(record.registry_id, record.product, record.producer)


def names_digest(record: RawRecord) -> str:
    """Equal for records that bear the same names of product and producer; "" where one of them is missing."""
    return record_key("", record.product, record.producer) if record.product and record.producer else ""


def names_of(one: Judged) -> Names:
    """What a product is known by across sources."""
    raw = one.record
    return name_key(raw.product)[:300], name_key(raw.producer)[:300], one.decision.place.province_code


def told_by(one: Judged) -> Told:
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


def contradict(ours: Told, theirs: Told) -> bool:
    """Do two records (`told_by`) speak of one recognition, and differently?"""
    identity = all(a == b or not a or not b for a, b in zip(ours[:3], theirs[:3], strict=True))
    return identity and any(a != b and a and b for a, b in zip(ours[3:], theirs[3:], strict=True))
