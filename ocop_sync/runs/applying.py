"""Writing what a run staged, in short transactions; what was written is no longer staged, so a killed run goes on."""

from typing import Any

from django.db import transaction
from pydantic import TypeAdapter

from catalog import clock
from catalog.certificates.models import Outcome, Recognition, SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.producers.models import Producer, ProducerName
from catalog.products.codes import new_code
from catalog.products.models import Product
from catalog.text import fold, name_key
from ocop_sync.decide import Grant
from ocop_sync.normalise import goods
from ocop_sync.normalise.keys import authority_key, decision_key
from ocop_sync.runs import identity
from ocop_sync.runs.judging import Judged
from ocop_sync.runs.models import Run, StagedRecord

CHUNK = 50
_judged = TypeAdapter(Judged)


def payload_of(one: Judged) -> dict[str, Any]:
    """A judged record as JSON values."""
    dumped: dict[str, Any] = _judged.dump_python(one, mode="json")
    return dumped


@transaction.atomic
def apply_chunk(run: Run) -> int:
    """Write the next `CHUNK` staged changes; 0 when none is left."""
    staged = list(StagedRecord.objects.select_for_update().filter(run=run)[:CHUNK])
    touched: set[int] = set()
    for row in staged:
        touched |= _withdraw(run, row.key) if row.withdraw else _put(run, _judged.validate_python(row.payload))
    if touched:
        refresh_gate(touched)
    StagedRecord.objects.filter(pk__in=[row.pk for row in staged]).delete()
    return len(staged)


def _withdraw(run: Run, key: str) -> set[int]:
    record = SourceRecord.objects.filter(source=run.source, key=key).first()
    if record is None:
        return set()
    record.present = False
    record.save(update_fields=["present", "updated_at"])
    return {record.product_id} if record.product_id else set()


def _put(run: Run, one: Judged) -> set[int]:
    """Write one record and what it proves. Returns the products whose gate has to be asked anew."""
    known = identity.find(run.source, one)
    before = {known.record.product_id} if known.record and known.record.product_id else set()
    record = known.record or SourceRecord(source=run.source, key=one.key)
    _fill(record, one)
    if one.decision.outcome == Outcome.HELD or one.decision.grant is None:
        record.product = known.product
        record.recognition = None
        record.save()
    else:
        _prove(run, record, one, known.product)
    return before | ({record.product_id} if record.product_id else set())


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


def _prove(run: Run, record: SourceRecord, one: Judged, product: Product | None) -> None:
    grant = one.decision.grant
    assert grant is not None  # noqa: S101 - asked by the caller
    producer = _producer(run, one)
    product = _product(run, record, one, producer, product)
    for older in one.decision.history:
        _recognition(run, product, older)
    recognition = _recognition(run, product, grant)
    Recognition.objects.filter(pk=recognition.pk).update(star=grant.star, score=grant.score)
    record.product, record.recognition = product, recognition
    record.save()


def _producer(run: Run, one: Judged) -> Producer:
    raw, place = one.record, one.decision.place
    producer, created = Producer.objects.get_or_create(
        name_key=name_key(raw.producer)[:300],
        province_code=place.province_code,
        defaults={
            "name": raw.producer[:300],
            "slug": slug_of(raw.producer),
            "kind": goods.producer_kind(raw.producer_kind, raw.producer),
            "commune_code": place.commune_code,
            "address": raw.address[:500],
            "is_sample": run.source.is_sample,
        },
    )
    if created:
        ProducerName.objects.create(producer=producer, name=producer.name, since=run.as_of)
    return producer


def _product(run: Run, record: SourceRecord, one: Judged, producer: Producer, product: Product | None) -> Product:
    facts = _facts(one)
    if product is None:
        return Product.objects.create(code=_free_code(), producer=producer, is_sample=run.source.is_sample, **facts)
    if identity.outranked(record, product):
        return product
    if product.producer_id != producer.pk:
        producer = _renamed(product.producer, producer, run)
        facts["producer"] = producer
    for name, value in facts.items():
        setattr(product, name, value)
    product.save(update_fields=[*facts, "updated_at"])
    return product


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


def _recognition(run: Run, product: Product, grant: Grant) -> Recognition:
    return Recognition.objects.get_or_create(
        product=product,
        authority_key=authority_key(grant.authority)[:200],
        decision_key=decision_key(grant.decision)[:60],
        issued_on=grant.issued_on,
        defaults={
            "authority": grant.authority[:200],
            "decision_number": grant.decision[:60],
            "star": grant.star,
            "score": grant.score,
            "expires_on": grant.expires_on,
            "status": grant.status,
            "is_sample": run.source.is_sample,
        },
    )[0]


def slug_of(name: str) -> str:
    """A name for an address: folded words joined by hyphens, at most 80 characters."""
    return fold(name).replace(" ", "-")[:80].strip("-") or "san-pham"


def _free_code() -> str:
    while Product.objects.filter(code=(code := new_code())).exists():
        continue
    return code


def mark_finished(run: Run, state: str) -> None:
    """End a run and give its lease back."""
    run.state, run.finished_at, run.leased_until, run.lease_owner = state, clock.now(), None, ""
    run.save(update_fields=["state", "finished_at", "leased_until", "lease_owner", "counts", "problem"])
