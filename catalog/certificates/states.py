"""How a product's certificate stands on a day: the gate's verdict in people's words, with the days behind it.

A certificate is in force (`valid`, `expiring`, `extended`) on exactly the days on which the gate allows the product.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalog.certificates import terms
from catalog.certificates.gate import RecognitionFacts, SellingPolicy, Verdict, gate
from catalog.certificates.models import Status


class State(StrEnum):
    """How a certificate stands on a day (Asia/Ho_Chi_Minh)."""

    VALID = "valid"
    EXPIRING = "expiring"  # from 180 days before the last day of its term, that day included, to that last day
    EXTENDED = "extended"  # past its term, kept by a filing made in time (Article 12.3)
    EXPIRED = "expired"
    SUSPENDED = "suspended"  # by the registry or by the platform, while it would hold otherwise
    REVOKED = "revoked"  # for good (Article 8)
    NOT_YET = "not_yet"
    UNPROVED = "unproved"  # held or withdrawn, or never recognised


IN_FORCE = frozenset({State.VALID, State.EXPIRING, State.EXTENDED})


@dataclass(frozen=True, slots=True)
class Standing:
    """`state` on `day`; `since` … `until` are the days of the gate's verdict, both included.

    `term_end` is the last day of the term without an extension; `filed_on` the day of the filing that extends it
    (Article 12.3), None where none does. All are None for what is unproved.
    """

    state: State
    day: date
    since: date | None = None
    term_end: date | None = None
    until: date | None = None
    filed_on: date | None = None

    @property
    def in_force(self) -> bool:
        """May the product be listed and sold on this day?"""
        return self.state in IN_FORCE

    @property
    def days_left(self) -> int | None:
        """Days after `day` on which it still holds: of the term, or of the extension once that has begun."""
        end = self.until if self.state == State.EXTENDED else self.term_end
        return (end - self.day).days if self.in_force and end else None

    @property
    def filing(self) -> tuple[date, date] | None:
        """First and last day to file for re-evaluation (Article 7.6.a); None where there is no term."""
        return terms.filing_window(self.term_end) if self.term_end else None


def standing(
    recognitions: Sequence[RecognitionFacts],
    day: date,
    policy: SellingPolicy = SellingPolicy(),  # noqa: B008
) -> Standing:
    """How the certificate of a product with these recognitions stands on `day`."""
    verdict = gate(recognitions, policy)
    return stand(verdict, recognitions[verdict.counted] if verdict.counted is not None else None, day)


def stand(verdict: Verdict, counted: RecognitionFacts | None, day: date) -> Standing:
    """The same from a verdict that is known, and the recognition that it counted."""
    since, until = verdict.listable_from, verdict.listable_until
    if counted is None or since is None or until is None:
        return Standing(State.UNPROVED, day)
    term_end = terms.last_valid_day(counted.issued_on, counted.expires_on)
    state = _state(verdict.blocked, since, term_end, until, day)
    if state == State.UNPROVED:
        return Standing(state, day)
    return Standing(state, day, since, term_end, until, counted.filed_on if until > term_end else None)


def _state(blocked: str, since: date, term_end: date, until: date, day: date) -> State:
    paused = blocked in (Status.SUSPENDED, "policy")
    if blocked and not paused:
        return State.REVOKED if blocked == Status.REVOKED else State.UNPROVED
    if day > until:  # a suspension ends with what it suspends
        return State.EXPIRED
    if paused:
        return State.SUSPENDED
    if day < since:
        return State.NOT_YET
    if day > term_end:
        return State.EXTENDED
    return State.EXPIRING if day >= term_end - terms.FILE_FROM else State.VALID
