"""Writing the gate's verdict on products, and asking it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from django.db import transaction
from django.db.models import QuerySet

from catalog import clock
from catalog.bulk import update_all
from catalog.certificates.facts import settle
from catalog.certificates.gate import RecognitionFacts, SellingPolicy, Verdict, gate, listable
from catalog.certificates.models import PROVING, Recognition, SourceRecord, Status, Tier
from catalog.certificates.states import Standing, stand
from catalog.history.services import Cause, add_changes
from catalog.outbox.services import emit
from catalog.products.models import ADULT_ONLY, Product

_WORST = (Status.REVOKED, Status.SUSPENDED, Status.VALID, Status.EXTENDED)
_BEST = (Tier.A, Tier.B1, Tier.B2, Tier.C)


class Proof(NamedTuple):
    """What a present, unheld record says of the recognition that it proves."""

    pk: int
    evidence: str
    star: int | None
    score: Decimal | None
    status: str
    expires_on: date | None
    filed_on: date | None
    revoked_on: date | None
    revocation_ground: str
    updated_at: datetime


class New(NamedTuple):
    """A product and its recognitions, the oldest first, as they have just been inserted: the gate has not judged it,
    and the recognition that its one record proves has `merged_facts`."""

    product: Product
    recognitions: list[Recognition]


NONE_NEW: Mapping[int, New] = {}
_MERGED_FIELDS = [
    "proved", "evidence", "star", "score", "status", "expires_on", "filed_on", "revoked_on", "revocation_ground",
]  # fmt: skip
_GATE_FIELDS = ["current", "star", "listable_from", "listable_until", "blocked"]


class Judged(Protocol):
    """What bears the gate's verdict."""

    @property
    def listable_from(self) -> date | None: ...
    @property
    def listable_until(self) -> date | None: ...
    @property
    def blocked(self) -> str: ...


def verdict_of(product: Judged) -> Verdict:
    """The stored verdict of a product; `.allows(clock.today())` is the question every path asks."""
    return Verdict(product.listable_from, product.listable_until, product.blocked)


def is_listed(product: Judged, today: date | None = None) -> bool:
    """May this product be listed and sold today (Asia/Ho_Chi_Minh)?"""
    return verdict_of(product).allows(today or clock.today())


def shown(today: date, *, adult: bool = False) -> QuerySet[Product]:
    """The products that may be shown on this day (Asia/Ho_Chi_Minh): listed, and for adults only to whom said so."""
    listed = Product.objects.filter(listable(today))
    return listed if adult else listed.exclude(restriction__in=ADULT_ONLY)


def standing_of(product: Product, today: date | None = None) -> Standing:
    """How its certificate stands today (Asia/Ho_Chi_Minh), from the stored verdict; `product.current` is read."""
    counted = facts_of(product.current) if product.current else None
    return stand(verdict_of(product), counted, today or clock.today())


@transaction.atomic
def refresh_gate(
    product_ids: Iterable[int],
    cause: Cause = Cause(),  # noqa: B008
    *,
    told: Collection[int] = (),
    new: Mapping[int, New] = NONE_NEW,
) -> int:
    """Merge each recognition's facts from its present records, judge the products anew, write what changed.

    A product's own facts are settled among the records that prove it. `told`: products that the caller has just given
    the facts of a record that proves them, which is all there is to it where no other one does. `new`: those, by key,
    that the caller has inserted in this transaction, so that nothing has to be read back.
    Rows are locked in primary-key order. Every product named is announced to the index and to the publisher,
    for its other facts may have changed too; what did change is added to the listing's history with its `cause`.
    Returns how many verdicts changed.
    """
    wanted = set(product_ids)
    rows = Product.objects.select_for_update().filter(pk__in=wanted - new.keys())
    known = list(rows.order_by("pk"))
    recognitions: dict[int, list[Recognition]] = {product.pk: [] for product in known}
    for recognition in Recognition.objects.filter(product__in=known).order_by("pk"):
        recognitions[recognition.product_id].append(recognition)
    proofs = _merge([r for many in recognitions.values() for r in many])
    several = {pk for pk, count in proofs.items() if count > (pk in told)}
    settle([product for product in known if product.pk in several] if several else [])
    products = known + [new[pk].product for pk in sorted(wanted & new.keys())]
    recognitions |= {pk: new[pk].recognitions for pk in wanted & new.keys()}
    changed = [product for product in products if _judge(product, recognitions[product.pk])]
    update_all(changed, _GATE_FIELDS)
    counted = {r.pk: r for many in recognitions.values() for r in many}
    counting = {p.pk: counted[p.current_id] for p in products if p.current_id in counted}
    add_changes(products, counting, cause, new=new)
    codes = [product.code for product in products]
    emit("publish", codes)
    emit("index", codes)
    return len(changed)


def _judge(product: Product, recognitions: list[Recognition]) -> bool:
    before = [getattr(product, name) for name in ("current_id", *_GATE_FIELDS[1:])]
    verdict = gate([facts_of(r) for r in recognitions], SellingPolicy(suspended=bool(product.suspended_reason)))
    counted = recognitions[verdict.counted] if verdict.counted is not None else None
    product.current_id = counted.pk if counted else product.current_id
    product.star = counted.star if counted else product.star
    product.listable_from, product.listable_until = verdict.listable_from, verdict.listable_until
    product.blocked = verdict.blocked
    return before != [getattr(product, name) for name in ("current_id", *_GATE_FIELDS[1:])]


def facts_of(recognition: Recognition) -> RecognitionFacts:
    """A recognition as the gate sees it."""
    return RecognitionFacts(
        star=recognition.star,
        authority=recognition.authority,
        decision_number=recognition.decision_number,
        issued_on=recognition.issued_on,
        expires_on=recognition.expires_on,
        status=recognition.status,
        filed_on=recognition.filed_on,
        evidence=recognition.evidence,
        proved=recognition.proved,
    )


def _merge(recognitions: list[Recognition]) -> Counter[int]:
    """Best evidence, worst status, earliest expiry of the present, unheld records behind each recognition.

    Returns how many there are of each product.
    """
    behind: dict[int, list[Proof]] = {r.pk: [] for r in recognitions}
    proving = SourceRecord.objects.filter(PROVING, recognition__in=[r.pk for r in recognitions])
    for recognition, *facts in proving.values_list("recognition_id", *Proof._fields):
        behind[recognition].append(Proof(*facts))
    changed = [r for r in recognitions if _merge_one(r, behind[r.pk])]
    update_all(changed, _MERGED_FIELDS)
    counted = Counter[int]()
    for recognition in recognitions:
        counted[recognition.product_id] += len(behind[recognition.pk])
    return counted


def _merge_one(recognition: Recognition, records: list[Proof]) -> bool:
    if not records:  # its last facts stay, for the verify page; it proves nothing any more
        changed, recognition.proved = recognition.proved, False
        return changed
    merged = merged_facts(records)
    changed = any(getattr(recognition, name) != value for name, value in merged.items())
    for name, value in merged.items():
        setattr(recognition, name, value)
    return changed


def merged_facts(records: Sequence[Proof | SourceRecord]) -> dict[str, Any]:
    """What the present, unheld records behind one recognition (at least one) say of it together."""
    worst = min(records, key=lambda record: _WORST.index(Status(record.status)))
    told = [record for record in records if record.star]  # all tell one star, unless an officer accepted the last
    last = max(told, key=lambda record: (record.updated_at, record.pk or 0), default=None)
    return {
        **({"star": last.star, "score": last.score} if last else {}),
        "proved": True,
        "evidence": min((record.evidence for record in records), key=lambda tier: _BEST.index(Tier(tier))),
        "status": worst.status,
        "filed_on": worst.filed_on,
        "revoked_on": worst.revoked_on,
        "revocation_ground": worst.revocation_ground,
        "expires_on": min((r.expires_on for r in records if r.expires_on), default=None),
    }
