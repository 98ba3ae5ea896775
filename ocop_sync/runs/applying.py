"""Writing what a run staged, in short transactions; what was written is no longer staged, so a killed run goes on.

A chunk asks and writes by the hundred: a fixed number of queries whatever its size.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from pydantic import TypeAdapter

from catalog import clock
from catalog.bulk import update_all
from catalog.certificates.models import Outcome, Recognition, SourceRecord, Status
from catalog.certificates.services import merged_facts, refresh_gate
from catalog.producers.models import Producer, ProducerName
from catalog.products.codes import new_code
from catalog.products.models import Product
from catalog.text import fold, name_key
from ocop_sync.decide import Grant, with_reason
from ocop_sync.normalise import goods
from ocop_sync.runs import identity
from ocop_sync.runs.judging import Judged
from ocop_sync.runs.models import Run, StagedRecord
from ocop_sync.runs.releasing import cause_of

CHUNK = 100
_judged = TypeAdapter(Judged)
_RECORD_FACTS = [
    "sheet", "row", "hash", "columns", "outcome", "reasons", "present", "product_name", "producer_name",
    "province_code", "commune_code", "star", "score", "status", "expires_on", "filed_on",
    "revoked_on", "revocation_ground", "evidence", "product", "recognition", "updated_at",
]  # fmt: skip
Producers = dict[tuple[str, str], Producer]  # by name key and province
Changed = defaultdict[int, set[str]]  # product → names of the facts that are new
Identity = tuple[int, str, str, date]  # of a recognition: product, keys of authority and decision, day


def payload_of(one: Judged) -> dict[str, Any]:
    """A judged record as JSON values."""
    dumped: dict[str, Any] = _judged.dump_python(one, mode="json")
    return dumped


@transaction.atomic
def apply_chunk(run: Run) -> int:
    """Write the next `CHUNK` staged changes; 0 when none is left."""
    staged = list(StagedRecord.objects.select_for_update().filter(run=run)[:CHUNK])
    touched = _withdraw(run, [row.key for row in staged if row.withdraw])
    rows = _put(run, [_judged.validate_python(row.payload) for row in staged if not row.withdraw])
    if touched or rows:
        refresh_gate(touched | rows.keys(), cause_of(run, rows))
    StagedRecord.objects.filter(pk__in=[row.pk for row in staged]).delete()
    return len(staged)


def _withdraw(run: Run, keys: list[str]) -> set[int]:
    if not keys:
        return set()
    records = SourceRecord.objects.filter(source=run.source, key__in=keys)
    products = {pk for pk in records.values_list("product", flat=True) if pk}
    records.update(present=False, updated_at=clock.now())
    return products


def _put(run: Run, judged: Sequence[Judged]) -> dict[int, tuple[str, int | None]]:
    """Write records and what they prove. Returns the products whose gate has to be asked anew, with sheet and row."""
    if not judged:
        return {}
    known = identity.load(run.source, judged)
    touched = {r.product_id: (r.sheet, r.row) for r in known.records.values() if r.product_id}
    producers = _producers(run, [one for one in judged if _proves(one)])
    written: list[tuple[SourceRecord, Judged, Product | None]] = []
    changed: Changed = defaultdict(set)
    for one in (_still(known, one) for one in judged):
        record = known.records.setdefault(one.key, SourceRecord(source=run.source, key=one.key))
        _fill(record, one)
        product = known.product_of(one)
        if _proves(one):
            product = known.named[identity.names_of(one)] = _product(run, known, record, one, producers, changed)
        written.append((record, one, product))
    _save_products([product for _, one, product in written if product and _proves(one)], changed)
    for record, _, product in written:  # only now has every product its id
        record.product, record.recognition = product, None
    records = [(record, one) for record, one, _ in written]
    _recognise(run, records)
    SourceRecord.objects.bulk_create(
        [record for record, _ in records],
        update_conflicts=True,
        unique_fields=["source", "key"],
        update_fields=_RECORD_FACTS,
    )
    return touched | {r.product_id: (r.sheet, r.row) for r, _ in records if r.product_id}


def _still(known: identity.Catalogue, one: Judged) -> Judged:
    """What was compared when the run was staged may have changed: by another source's run, or by a row before it."""
    code = known.conflict(one) if _proves(one) else ""
    return replace(one, decision=with_reason(one.decision, code)) if code else one


def _proves(one: Judged) -> bool:
    return one.decision.outcome != Outcome.HELD and one.decision.grant is not None


def _fill(record: SourceRecord, one: Judged) -> None:
    raw, decision, grant = one.record, one.decision, one.decision.grant
    record.sheet, record.row, record.hash, record.columns = raw.sheet, raw.row, one.hash, raw.columns()
    record.outcome, record.reasons, record.present = decision.outcome, list(decision.reasons), True
    record.product_name, record.producer_name = raw.product[:300], raw.producer[:300]
    record.province_code, record.commune_code = decision.place.province_code, decision.place.commune_code
    record.star, record.evidence = decision.star, decision.tier
    record.score = grant.score if grant else None
    record.status = grant.status if grant else Status.VALID
    record.expires_on = grant.expires_on if grant else None
    record.filed_on = grant.filed_on if grant else None
    record.revoked_on = grant.revoked_on if grant else None
    record.revocation_ground = grant.ground[:300] if grant else ""
    record.updated_at = clock.now()


def _producer_key(one: Judged) -> tuple[str, str]:
    return name_key(one.record.producer)[:300], one.decision.place.province_code


def _producers(run: Run, judged: Sequence[Judged]) -> Producers:
    """The producers of these records under the names that they bear in them; new names become new producers."""
    wanted = {_producer_key(one): one for one in reversed(judged)}  # of several records the first one speaks
    names = {name for name, _ in wanted}

    def present() -> Producers:
        found = Producer.objects.filter(name_key__in=names)
        return {(one.name_key, one.province_code): one for one in found}

    new = [_new_producer(run, wanted[key]) for key in wanted.keys() - present().keys()]
    if new:
        Producer.objects.bulk_create(sorted(new, key=lambda one: one.name_key), ignore_conflicts=True)
    found = present()
    fresh = {(one.name_key, one.province_code) for one in new}
    ProducerName.objects.bulk_create(
        [ProducerName(producer=found[key], name=found[key].name, since=run.as_of) for key in sorted(fresh)],
        ignore_conflicts=True,
    )
    return found


def _new_producer(run: Run, one: Judged) -> Producer:
    raw, place = one.record, one.decision.place
    return Producer(
        name_key=name_key(raw.producer)[:300],
        province_code=place.province_code,
        name=raw.producer[:300],
        slug=slug_of(raw.producer),
        kind=goods.producer_kind(raw.producer_kind, raw.producer),
        commune_code=place.commune_code,
        address=raw.address[:500],
        is_sample=run.source.is_sample,
    )


def _product(
    run: Run, known: identity.Catalogue, record: SourceRecord, one: Judged, producers: Producers, changed: Changed
) -> Product:
    """The product that a record proves, with its facts; not yet saved: what is new of a known one goes to `changed`."""
    product, facts, producer = known.product_of(one), _facts(one), producers[_producer_key(one)]
    if product is None:
        return Product(code=new_code(), producer=producer, is_sample=run.source.is_sample, **facts)
    if known.outranks(record, product):
        return product
    if product.producer_id != producer.pk:
        facts["producer"] = producers[_producer_key(one)] = _renamed(product.producer, producer, run)
    for name, value in facts.items():
        if getattr(product, name) != value:
            setattr(product, name, value)
            changed[product.pk].add(name)
    return product


def _save_products(products: Iterable[Product], changed: Changed) -> None:
    """Insert the new ones, update those with other facts than before."""
    distinct = {id(product): product for product in products}.values()
    new = [product for product in distinct if product.pk is None]
    taken = set(Product.objects.filter(code__in=[one.code for one in new]).values_list("code", flat=True))
    for product in new:
        while product.code in taken:
            product.code = new_code()
        taken.add(product.code)
    Product.objects.bulk_create(new)
    renewed = [product for product in distinct if product.pk in changed]
    names = {name for product in renewed for name in changed[product.pk]}
    update_all(renewed, [*sorted(names), "updated_at"])


def _renamed(before: Producer, after: Producer, run: Run) -> Producer:
    """A producer under a new name stays the same producer, unless it has products of its own under that name."""
    if after.products.exists() or before.province_code != after.province_code:
        return after
    names = {"name": after.name, "name_key": after.name_key, "slug": after.slug}
    after.delete()
    Producer.objects.filter(pk=before.pk).update(**names)
    ProducerName.objects.get_or_create(producer=before, name=names["name"], defaults={"since": run.as_of})
    before.refresh_from_db()
    return before


def _facts(one: Judged) -> dict[str, Any]:
    raw, place = one.record, one.decision.place
    set_no = goods.read_set(raw.set_no)
    branch = goods.branch_of(raw.category, set_no, raw.product)
    return {
        "name": raw.product[:300],
        "name_key": name_key(raw.product)[:300],
        "slug": slug_of(raw.product),
        "category": raw.category[:200],
        "set_no": set_no,
        "branch": branch,
        "restriction": goods.restriction_of(raw.product, set_no, branch),
        "address": (raw.address or raw.commune)[:500],
        "province_code": place.province_code,
        "commune_code": place.commune_code,
        "old_province_code": place.old_province_code,
        "region": place.region,
    }


def _recognise(run: Run, records: Sequence[tuple[SourceRecord, Judged]]) -> None:
    """Give every record the recognition that it proves; older ones that it tells of are kept as history."""
    proving = [(record, one) for record, one in records if _proves(one) and record.product]
    products = {record.product_id for record, _ in proving}
    present = {_identity(one): one for one in Recognition.objects.filter(product__in=products)}
    new: dict[Identity, Recognition] = {}
    told: list[tuple[SourceRecord, Grant, Identity]] = []
    for record, one in proving:
        grant, product_id = one.decision.grant, record.product_id
        assert grant is not None  # noqa: S101 - asked above
        assert product_id is not None  # noqa: S101 - what proves has a product
        for granted in (*one.decision.history, grant):
            key = (product_id, *identity.identity_of(granted))
            if key not in present and key not in new:
                new[key] = _new_recognition(run, product_id, granted)
        if key in new:  # what the gate would merge, so that it need not be written twice
            for name, value in merged_facts([record]).items():
                setattr(new[key], name, value)
        told.append((record, grant, key))
    Recognition.objects.bulk_create(new.values())
    changed = []
    for record, grant, key in told:
        recognition = present.get(key) or new[key]
        record.recognition = recognition
        if (recognition.star, recognition.score) != (grant.star, grant.score):
            recognition.star, recognition.score = grant.star, grant.score
            changed.append(recognition)
    update_all(changed, ["star", "score"])


def _identity(one: Recognition) -> Identity:
    return one.product_id, one.authority_key, one.decision_key, one.issued_on


def _new_recognition(run: Run, product_id: int, grant: Grant) -> Recognition:
    return Recognition(
        product_id=product_id,
        authority_key=identity.identity_of(grant)[0],
        decision_key=identity.identity_of(grant)[1],
        issued_on=grant.issued_on,
        authority=grant.authority[:200],
        decision_number=grant.decision[:60],
        star=grant.star,
        score=grant.score,
        expires_on=grant.expires_on,
        status=grant.status,
        is_sample=run.source.is_sample,
    )


def slug_of(name: str) -> str:
    """A name for an address: folded words joined by hyphens, at most 80 characters."""
    return fold(name).replace(" ", "-")[:80].strip("-") or "san-pham"


def mark_finished(run: Run, state: str) -> None:
    """End a run and give its lease back."""
    run.state, run.finished_at, run.leased_until, run.lease_owner = state, clock.now(), None, ""
    run.save(update_fields=["state", "finished_at", "leased_until", "lease_owner", "counts", "notes", "problem"])
