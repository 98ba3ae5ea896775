"""Deciding what becomes of a record: one pure function, every reason code, nothing repaired and nothing dropped."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from catalog.certificates import terms
from catalog.certificates.authority import DISTRICTS_UNTIL, may_grant, rank
from catalog.certificates.models import Outcome, Status, Tier
from catalog.regions import Resolution, resolve
from catalog.text import fold
from ocop_sync.normalise.dates import read_date, read_year
from ocop_sync.normalise.stars import StarReading, read_star
from ocop_sync.records import RawRecognition, RawRecord

LAPSING = frozenset({"expired", "revoked", "suspended"})
_TIERS = frozenset(Tier.values)
_NO_RECORD = RawRecord()  # an older recognition has no other cells than its own
BANDS = {5: (90, 100), 4: (70, 90), 3: (50, 70), 2: (30, 50), 1: (0, 30)}


@dataclass(frozen=True, slots=True)
class Grant:
    """One granted recognition in values; `issued_on` … `revoked_on` are days in Asia/Ho_Chi_Minh."""

    star: int
    authority: str
    decision: str
    issued_on: date
    expires_on: date | None = None
    score: Decimal | None = None
    status: str = Status.VALID
    filed_on: date | None = None
    revoked_on: date | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a record. `grant` is set when the counting recognition could be read whole."""

    outcome: str
    reasons: tuple[str, ...]
    star: int | None
    place: Resolution
    tier: str
    grant: Grant | None = None
    history: tuple[Grant, ...] = ()


@dataclass
class _Findings:
    codes: set[str] = field(default_factory=set)

    def note(self, code: str, when: bool = True) -> None:
        if when:
            self.codes.add(code)


def decide(record: RawRecord, today: date, *, default_tier: str, province_hint: str = "") -> Decision:
    """Judge one record as of `today`. `default_tier` counts where the record does not say its own evidence."""
    found = _Findings()
    found.note("missing_name", not record.product)
    found.note("missing_producer", not record.producer)
    place = _judge_place(record, province_hint, found)
    counting, older, hoped = which_counts(record)
    star = read_star(counting.star) if counting.star else StarReading(None)
    if not counting.star and not record.recognitions and record.current_star:
        star = read_star(record.current_star)
    _judge_star(star, hoped, counting, found)
    issued_on = _judge_dates(counting, record, today, found)
    found.note("missing_decision", not counting.decision)
    found.note("missing_authority", not counting.authority)
    _judge_authority(star.star, counting, issued_on, found)
    tier = _judge_tier(record, counting, default_tier, found)
    status = _status(counting, record)
    grant = _read_grant(counting, record, star.star, issued_on, status)
    _judge_state(status, grant, today, found)
    return Decision(
        outcome=_outcome(found.codes),
        reasons=tuple(sorted(found.codes)),
        star=star.star,
        place=place,
        tier=tier,
        grant=grant,
        history=tuple(old for old in (_read_whole(one, today) for one in older) if old),
    )


def with_reason(decision: Decision, code: str) -> Decision:
    """The same decision with one more code, found by comparing records."""
    reasons = tuple(sorted({*decision.reasons, code}))
    return Decision(
        _outcome(set(reasons)),
        reasons,
        decision.star,
        decision.place,
        decision.tier,
        decision.grant,
        decision.history,
    )


def without_reasons(decision: Decision, codes: Collection[str]) -> Decision:
    """The same decision without codes that an officer waived."""
    kept = tuple(code for code in decision.reasons if code not in codes)
    return replace(decision, outcome=_outcome(set(kept)), reasons=kept)


def _outcome(codes: set[str]) -> str:
    if not codes:
        return Outcome.LISTED
    return Outcome.LAPSED if codes <= LAPSING else Outcome.HELD


def which_counts(record: RawRecord) -> tuple[RawRecognition, list[RawRecognition], bool]:
    """The newest recognition with any cell filled; one that was only hoped for gives way to the one before it."""
    filled = [one for one in record.recognitions if not one.is_empty]
    dated = sorted(enumerate(filled), key=lambda pair: (read_date(pair[1].issued) or _late(pair[1]), pair[0]))
    ordered = [one for _, one in dated]
    hoped = False
    while ordered:
        reading = read_star(ordered[-1].star)
        if not (reading.potential and reading.star is None):
            return ordered[-1], ordered[:-1], False
        hoped = True
        ordered.pop()
    current = read_star(record.current_star)
    return RawRecognition(), [], hoped or (current.potential and current.star is None)


def _late(recognition: RawRecognition) -> date:
    """An undated recognition stands where its year does, else last: a malformed newest one must not hide."""
    year = read_year(recognition.year) or read_year(recognition.issued)
    return date(year, 12, 31) if year else date.max


def _judge_place(record: RawRecord, province_hint: str, found: _Findings) -> Resolution:
    place = resolve(record.address or record.commune, record.province or province_hint or None, commune=record.commune)
    found.note(place.problem or "", when=bool(place.problem))
    told_province, told_commune = record.province_code, record.commune_code
    differs = (told_province and place.province_code and told_province != place.province_code) or (
        told_commune and place.commune_code and told_commune != place.commune_code
    )
    found.note("ambiguous_place", when=bool(differs))
    return place


def _judge_star(star: StarReading, hoped: bool, counting: RawRecognition, found: _Findings) -> None:
    if hoped:
        found.note("potential_only")
    elif star.star is None:
        found.note("bad_star")
    elif star.star < 3:
        found.note("below_three_stars")
    if star.star and counting.score:
        score = _score(counting.score)
        low, high = BANDS[star.star]
        inside = score is not None and (low <= score < high or (star.star == 5 and score == high))
        found.note("score_conflict", when=not inside)


def _judge_dates(counting: RawRecognition, record: RawRecord, today: date, found: _Findings) -> date | None:
    issued_on = read_date(counting.issued)
    if not counting.issued:
        found.note("missing_issue_date")
        return None
    if issued_on is None:
        found.note("bad_date")
        return None
    found.note("future_date", when=issued_on > today)
    year = read_year(counting.year)
    found.note("date_conflict", when=bool(counting.year) and year is not None and year != issued_on.year)
    expires = counting.expires or record.expires
    expires_on = read_date(expires)
    found.note("bad_date", when=bool(expires) and expires_on is None)
    found.note("date_conflict", when=terms.conflicts(issued_on, expires_on))
    return issued_on


def _judge_authority(star: int | None, counting: RawRecognition, issued_on: date | None, found: _Findings) -> None:
    if star not in (3, 4, 5) or not counting.authority:
        return
    day = issued_on or DISTRICTS_UNTIL  # an undated decision is held anyway; its authority is judged kindly
    found.note("authority_mismatch", when=not may_grant(star, rank(counting.authority, day), day))


def _judge_tier(record: RawRecord, counting: RawRecognition, default: str, found: _Findings) -> str:
    told = record.evidence.strip().upper()
    tier = told if told in _TIERS else default
    whole = counting.decision and counting.authority and counting.issued
    found.note("weak_evidence", when=tier in (Tier.B2, Tier.C) or (tier == Tier.B1 and not whole))
    return tier


def _judge_state(status: Status, grant: Grant | None, today: date, found: _Findings) -> None:
    if status in (Status.REVOKED, Status.SUSPENDED):
        found.note(str(status))
    if grant:
        until = terms.last_valid_day(grant.issued_on, grant.expires_on)
        if status == Status.EXTENDED:
            until = terms.extended_until(until, grant.filed_on)
        found.note("expired", when=until < today)


def _status(counting: RawRecognition, record: RawRecord) -> Status:
    note = fold(record.note)
    if counting.status == Status.REVOKED or ("thu hoi" in note and "khong thu hoi" not in note):
        return Status.REVOKED
    if counting.status == Status.SUSPENDED or "dinh chi" in note:
        return Status.SUSPENDED
    return Status.EXTENDED if counting.status == Status.EXTENDED else Status.VALID


def _read_grant(
    counting: RawRecognition, record: RawRecord, star: int | None, issued_on: date | None, status: Status
) -> Grant | None:
    if star is None or issued_on is None or not counting.decision or not counting.authority:
        return None
    return Grant(
        star=star,
        authority=counting.authority,
        decision=counting.decision,
        issued_on=issued_on,
        expires_on=read_date(counting.expires or record.expires),
        score=_score(counting.score),
        status=status,
        filed_on=read_date(counting.filed),
        revoked_on=read_date(counting.revoked),
        ground=counting.ground,
    )


def _read_whole(recognition: RawRecognition, today: date) -> Grant | None:
    """An older recognition, kept as history when it can be read whole."""
    issued_on, star = read_date(recognition.issued), read_star(recognition.star).star
    if issued_on is None or issued_on > today:
        return None
    return _read_grant(recognition, _NO_RECORD, star, issued_on, _status(recognition, _NO_RECORD))


def _score(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip().replace(",", ".")) if text.strip() else None
    except InvalidOperation:
        return None
