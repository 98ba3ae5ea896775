"""The gate: one pure function decides, from recognitions and selling policy, when a product may be listed.

Every path asks it: search, product page, basket, checkout, combo, livestream pin, fulfilment, API. Its verdict is an
interval of days, stored on the product, so that lists, SQL and the index test the same three facts against today and
a late or dead sync cannot keep an expired product on sale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from catalog.certificates import authority as authorities
from catalog.certificates import terms
from catalog.certificates.models import Status, Tier


@dataclass(frozen=True, slots=True)
class RecognitionFacts:
    """What the gate knows of one recognition. `proved`: a present source record without any code stands behind it."""

    star: int
    authority: str
    decision_number: str
    issued_on: date
    expires_on: date | None = None
    status: str = Status.VALID
    filed_on: date | None = None
    evidence: str = Tier.A
    proved: bool = True


@dataclass(frozen=True, slots=True)
class SellingPolicy:
    """The platform's own say over a product."""

    suspended: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`listable_from` … `listable_until` are days in Asia/Ho_Chi_Minh, both included; `blocked` is a reason or empty.

    `counted` is the index, in the sequence given, of the recognition that counts, or None.
    """

    listable_from: date | None
    listable_until: date | None
    blocked: str
    counted: int | None = None

    def allows(self, today: date) -> bool:
        """May the product be listed and sold on this day?"""
        if self.blocked or self.listable_from is None or self.listable_until is None:
            return False
        return self.listable_from <= today <= self.listable_until


def gate(recognitions: Sequence[RecognitionFacts], policy: SellingPolicy = SellingPolicy()) -> Verdict:  # noqa: B008
    """The verdict on one product.

    The newest proved recognition counts; a revoked one does not fall back on an older one. Of two of one day
    the stricter verdict holds. Blocked reasons: no_recognition, unproved, weak_evidence, below_three_stars,
    authority_mismatch, date_conflict, revoked, suspended, policy.
    """
    if not recognitions:
        return Verdict(None, None, "no_recognition")
    proved = [i for i, facts in enumerate(recognitions) if facts.proved]
    if not proved:
        return Verdict(None, None, "unproved")
    newest = max(recognitions[i].issued_on for i in proved)
    verdicts = [_judge(recognitions[i], i) for i in proved if recognitions[i].issued_on == newest]
    verdict = min(verdicts, key=lambda v: (not v.blocked, v.listable_until or date.min, v.counted))
    if policy.suspended and not verdict.blocked:
        return Verdict(verdict.listable_from, verdict.listable_until, "policy", verdict.counted)
    return verdict


def _judge(facts: RecognitionFacts, index: int) -> Verdict:
    until = terms.last_valid_day(facts.issued_on, facts.expires_on)
    if facts.status == Status.EXTENDED:
        until = terms.extended_until(until, facts.filed_on)
    return Verdict(facts.issued_on, until, _objection(facts), index)


def _objection(facts: RecognitionFacts) -> str:
    if facts.status in (Status.REVOKED, Status.SUSPENDED):
        return str(facts.status)
    if facts.evidence not in (Tier.A, Tier.B1) or not facts.decision_number.strip():
        return "weak_evidence"
    if facts.star not in (3, 4, 5):
        return "below_three_stars"
    level = authorities.rank(facts.authority, facts.issued_on)
    if not authorities.may_grant(facts.star, level, facts.issued_on):
        return "authority_mismatch"
    return "date_conflict" if terms.conflicts(facts.issued_on, facts.expires_on) else ""


def listable(today: date, prefix: str = "") -> Q:
    """The same verdict as an SQL condition on products (`prefix` for a join, such as "product__")."""
    return Q(
        **{
            f"{prefix}blocked": "",
            f"{prefix}listable_from__lte": today,
            f"{prefix}listable_until__gte": today,
        }
    )
