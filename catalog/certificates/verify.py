"""Answering "is this star real and still in force?" for a code from a label's QR."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog import clock
from catalog.certificates.models import Outcome, Recognition
from catalog.certificates.past import Step, history
from catalog.certificates.sentences import sentence
from catalog.certificates.services import facts_of, standing_of
from catalog.certificates.states import IN_FORCE, Standing, State
from catalog.products.codes import read_code
from catalog.products.models import Product


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer of the day `today` (Asia/Ho_Chi_Minh).

    `state`: in_force, not_yet, expired, revoked, suspended, held; unknown or mistyped where there is no product.
    `standing` tells it finer, with its days; `steps` are all recognitions, the oldest first.
    """

    state: str
    code: str
    today: date
    product: Product | None = None
    recognition: Recognition | None = None
    standing: Standing | None = None
    steps: tuple[tuple[Step, Recognition], ...] = ()

    @property
    def key(self) -> str:
        """The finest word for the answer: a `State`, unknown or mistyped."""
        return str(self.standing.state) if self.standing else self.state

    @property
    def until(self) -> date | None:
        """The last day of all, with an extension; None where nothing was ever proved."""
        return self.product.listable_until if self.product else None

    def sentence(self, language: str = "vi") -> str:
        """The answer in a sentence or two, in "vi" or "en"."""
        return sentence(self.key, self.standing, self.product, self.recognition, english=language == "en")

    def as_dict(self) -> dict[str, Any]:
        """For `--json`; days as YYYY-MM-DD."""
        proof, standing = self.recognition, self.standing
        filing = standing.filing if standing else None
        return {
            "code": self.code,
            "state": self.state,
            "today": self.today.isoformat(),
            "name": self.product.name if self.product else None,
            "producer": self.product.producer.name if self.product else None,
            "star": self.product.star if self.product else None,
            "decision": proof.decision_number if proof else None,
            "authority": proof.authority if proof else None,
            "issued_on": _iso(proof.issued_on) if proof else None,
            "valid_until": _iso(self.until),
            "certificate_state": str(standing.state) if standing else None,
            "days_left": standing.days_left if standing else None,
            "term_ends_on": _iso(standing.term_end) if standing else None,
            "filed_on": _iso(standing.filed_on) if standing else None,
            "file_from": _iso(filing[0]) if filing else None,
            "file_by": _iso(filing[1]) if filing else None,
            "revoked_on": _iso(proof.revoked_on) if proof else None,
            "revocation_ground": (proof.revocation_ground or None) if proof else None,
            "re_recognised": next((str(s.change) for s, r in self.steps if r == proof and s.re_recognised), None),
            "history": [_told(step, one) for step, one in self.steps],
        }


def verify(text: str) -> Verification:
    """Verify what a person typed or scanned; never raises for a bad code, but says so in `state`."""
    today = clock.today()
    code = read_code(text)
    if code is None:
        return Verification("mistyped", text.strip()[:20], today)
    product = Product.objects.select_related("producer", "current").filter(code=code).first()
    if product is None:
        return Verification("unknown", code, today)
    known = list(product.recognitions.order_by("issued_on", "pk"))
    steps = tuple((step, known[step.index]) for step in history([facts_of(one) for one in known]))
    standing = standing_of(product, today)
    proof = product.current or (known[-1] if known else None)
    return Verification(_state(standing.state), code, today, product, proof, standing, steps)


def _state(state: State) -> str:
    if state in IN_FORCE:
        return "in_force"
    return "held" if state == State.UNPROVED else str(state)


def _told(step: Step, one: Recognition) -> dict[str, Any]:
    return {
        "star": one.star,
        "decision": one.decision_number,
        "authority": one.authority,
        "issued_on": _iso(one.issued_on),
        "term_ends_on": _iso(step.term_end),
        "change": str(step.change),
        "re_recognised": step.re_recognised,
        "status": one.status,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def held_reasons(product: Product) -> list[str]:
    """Reason codes of the present held records about a product, for the officer and the verify page."""
    records = product.source_records.filter(present=True, outcome=Outcome.HELD)
    return sorted({code for record in records for code in record.reasons})
