"""A product's recognitions in order: which followed which, and what became of its star."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import takewhile

from catalog.certificates import terms
from catalog.certificates.gate import RecognitionFacts
from catalog.certificates.models import Status


class Change(StrEnum):
    """The star of a recognition beside that of the one before it."""

    FIRST = "first"
    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Step:
    """One recognition in a product's history; `index` is its place in the sequence given.

    `re_recognised`: it took over from one whose term had ended or was ending (Article 7.6), and not from one in
    mid-term (a rise by Article 7.5) nor from a revoked one. `term_end` is the last day of its own term, without
    extension.
    """

    index: int
    number: int
    term_end: date
    change: Change
    re_recognised: bool


def history(recognitions: Sequence[RecognitionFacts]) -> list[Step]:
    """The recognitions by the day of their decisions, the oldest first; of one day, in the order given.

    Those that nothing proves any more are told too: an older one usually stands in no present source.
    """
    order = sorted(range(len(recognitions)), key=lambda i: recognitions[i].issued_on)
    return [_step(recognitions, order, number) for number in range(len(order))]


def _step(recognitions: Sequence[RecognitionFacts], order: Sequence[int], number: int) -> Step:
    facts = recognitions[order[number]]
    term_end = terms.last_valid_day(facts.issued_on, facts.expires_on)
    older = list(takewhile(lambda i: recognitions[i].issued_on < facts.issued_on, order))
    if not older:
        return Step(order[number], number + 1, term_end, Change.FIRST, re_recognised=False)
    before = recognitions[older[-1]]
    ended = terms.last_valid_day(before.issued_on, before.expires_on)
    again = before.status != Status.REVOKED and facts.issued_on >= ended - terms.FILE_FROM
    return Step(order[number], number + 1, term_end, _change(before.star, facts.star), re_recognised=again)


def _change(before: int, after: int) -> Change:
    return Change.SAME if after == before else Change.UP if after > before else Change.DOWN
