"""Writing what a run staged, in short transactions; what was written is no longer staged, so a killed run goes on.

A chunk asks and writes by the hundred: a fixed number of queries whatever its size.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from catalog import clock
from catalog.bulk import batches, build, insert_all, insert_rows, put_all, update_all
from catalog.certificates.facts import place_as_written
from catalog.certificates.models import Outcome, Recognition, Source, SourceRecord, Status
from catalog.certificates.precedence import goods_facts, name_facts
from catalog.certificates.services import New, merged_facts, refresh_gate
from catalog.history.services import Cause
from catalog.producers.models import Producer, ProducerName
from catalog.products.codes import new_code
from catalog.products.goods import read_set
from catalog.products.models import Product
from catalog.text import name_key, slug_of
from ocop_sync.decide import Grant
from ocop_sync.normalise.producers import producer_kind
from ocop_sync.runs import identity
from ocop_sync.runs.judging import Judged, from_json, names_digest, names_of
from ocop_sync.runs.models import Run, StagedRecord
from ocop_sync.runs.releasing import cause_of

CHUNK = 400
STAR_JUMP = "star_jump"
_RECORD_FACTS = [
    "sheet", "row", "hash", "columns", "read_as", "outcome", "reasons", "present", "product_name", "producer_name",
    "province_code", "commune_code", "star", "score", "status", "expires_on", "filed_on",
    "revoked_on", "revocation_ground", "evidence", "product", "recognition", "keeps_proof", "held_since",
    "hint", "default_tier", "names", "updated_at",
]  # fmt: skip
_PRODUCER_FACTS = ("name_key", "province_code", "name", "slug", "kind", "commune_code", "address", "is_sample")
Producers = dict[tuple[str, str], Producer]  # by name key and province
Changed = defaultdict[int, set[str]]  # product → names of the facts that are new
Rows = dict[int, tuple[str, int | None]]  # product → sheet and row that tell of it
Identity = tuple[int, str, str, date]  # of a recognition: product, keys of authority and decision, day


@transaction.atomic
def apply_chunk(run: Run) -> int:
    """Write the next `CHUNK` staged changes; 0 when none is left."""
    left = StagedRecord.objects.select_for_update().filter(run=run)
    staged = list(left.order_by("position").values_list("position", "key", "withdraw", "payload")[:CHUNK])
    touched = _withdraw(run, [key for _, key, withdraw, _ in staged if withdraw])
    put = _put(run, [from_json(text) for _, _, withdraw, text in staged if not withdraw], touched)
    if touched or put.rows:
        refresh_gate(touched | put.rows.keys(), cause_of(run, put.rows), told=put.told, new=put.new)
    if staged:
        StagedRecord.objects.filter(run=run, position__lte=staged[-1][0]).delete()
    return len(staged)


@transaction.atomic
def put_again(source: Source, judged: Sequence[Judged], cause: Cause, *, also: Collection[int] = ()) -> None:
    """Write records that were judged anew between two runs, for a person's reason (`cause`).

    `also`: further products whose gate has to be asked. The caller holds the source's lock, so that no run is at work.
    """
    run = Run(source=source, as_of=clock.today())
    rows: Rows = {}
    for some in batches(judged, CHUNK):
        rows |= _put(run, some, also).rows
    refresh_gate({*rows, *also}, replace(cause, source=source.name, rows=rows))


def _withdraw(run: Run, keys: list[str]) -> set[int]:
    if not keys:
        return set()
    records = SourceRecord.objects.filter(source=run.source, key__in=keys)
    products = {pk for pk in records.values_list("product", flat=True) if pk}
    records.update(present=False, updated_at=clock.now())
    return products


class _Put(NamedTuple):
    """What was written: the products whose gate has to be asked anew, those of them that have all their facts from a
    record here, and the new ones that just one record speaks of."""

    rows: Rows
    told: Collection[int]
    new: Mapping[int, New]


def _put(run: Run, judged: Sequence[Judged], also: Collection[int]) -> _Put:
    """Write records and what they prove. `also`: further products that the caller will change."""
    if not judged:
        return _Put({}, (), {})
    known = identity.load(run.source, judged, lock=also)
    touched = {r.product_id: (r.sheet, r.row) for r in known.records.values() if r.product_id}
    producers = _producers(run, [one for one in judged if one.proves])
    written: list[tuple[SourceRecord, Judged, Product | None]] = []
    changed: Changed = defaultdict(set)
    for one in (_still(known, one) for one in judged):
        record = known.records.get(one.key) or build(SourceRecord, source_id=run.source_id, key=one.key)
        _fill(record, one)
        product = known.product_of(one)
        if one.proves:
            product = known.named[names_of(one)] = _product(run, known, record, one, producers, changed)
        written.append((record, one, product))
    new = _save_products([product for _, one, product in written if product and one.proves], changed)
    for record, _, product in written:  # only now has every product its id
        record.product_id = product.pk if product else None
        if not record.keeps_proof:
            record.recognition_id = None
    records = [(record, one) for record, one, _ in written]
    recognised = _recognise(run, records, new)
    put_all([record for record, _ in records], unique=["source", "key"], update=_RECORD_FACTS)
    rows = touched | {r.product_id: (r.sheet, r.row) for r, _ in records if r.product_id}
    speaking = Counter(record.product_id for record, _ in records)
    alone = {pk: New(one, recognised[pk]) for pk, one in new.items() if speaking[pk] == 1}
    return _Put(rows, {product.pk for product in known.told}, alone)


def _still(known: identity.Catalogue, one: Judged) -> Judged:
    """What was compared when the run was staged may have changed: by another source's run, or by a row before it."""
    code = known.conflict(one) if one.proves else ""
    return one.objected(code) if code else one


def _fill(record: SourceRecord, one: Judged) -> None:
    raw, decision, grant = one.record, one.decision, one.decision.grant
    record.keeps_proof = decision.reasons == (STAR_JUMP,) and _has_proved(record)
    record.read_as = _read_as(record, one)
    if decision.outcome != Outcome.HELD:
        record.held_since = None
    elif record.held_since is None or record.hash != one.hash:
        record.held_since = clock.now()
    record.sheet, record.row, record.hash, record.columns = raw.sheet, raw.row, one.hash, (one.told or raw).columns()
    record.hint, record.default_tier, record.names = one.hint, one.default_tier, names_digest(raw)
    record.outcome, record.reasons, record.present = decision.outcome, list(decision.reasons), True
    record.product_name, record.producer_name = raw.product[:300], raw.producer[:300]
    record.province_code, record.commune_code = decision.place.province_code, decision.place.commune_code
    record.updated_at = clock.now()
    if record.keeps_proof:
        return
    record.star, record.evidence = decision.star, decision.tier
    record.score = grant.score if grant else None
    record.status = grant.status if grant else Status.VALID
    record.expires_on = grant.expires_on if grant else None
    record.filed_on = grant.filed_on if grant else None
    record.revoked_on = grant.revoked_on if grant else None
    record.revocation_ground = grant.ground[:300] if grant else ""


def _read_as(record: SourceRecord, one: Judged) -> dict[str, Any] | None:
    """For a record whose row is not yet written into it."""
    if record.keeps_proof:
        return {"province": record.hint, **record.columns} if record.read_as is None else record.read_as
    return one.record.columns() if one.told else None


def _has_proved(record: SourceRecord) -> bool:
    """Did the record, as it was last written, prove a recognition?"""
    return record.present and record.recognition_id is not None


def _producer_key(one: Judged) -> tuple[str, str]:
    return name_key(one.record.producer)[:300], one.decision.place.province_code


def _producers(run: Run, judged: Sequence[Judged]) -> Producers:
    """The producers of these records under the names that they bear in them; new names become new producers."""
    wanted = {_producer_key(one): one for one in reversed(judged)}  # of several records the first one speaks
    found = _present(wanted)
    missing = sorted(wanted.keys() - found.keys())
    rows = [_new_producer(run, wanted[key]) for key in missing]
    insert_rows(Producer, _PRODUCER_FACTS, rows, unique=["name_key", "province_code"])
    found |= _present(missing)
    borne = [(found[key].pk, found[key].name, run.as_of) for key in missing]
    insert_rows(ProducerName, ("producer_id", "name", "since"), borne, unique=["producer", "name"])
    return found


def _present(keys: Collection[tuple[str, str]]) -> Producers:
    found = Producer.objects.filter(name_key__in={name for name, _ in keys}) if keys else ()
    return {(one.name_key, one.province_code): one for one in found}


def _new_producer(run: Run, one: Judged) -> tuple[object, ...]:
    """Its `_PRODUCER_FACTS`."""
    raw, (key, province) = one.record, _producer_key(one)
    kind = producer_kind(raw.producer_kind, raw.producer)
    commune = one.decision.place.commune_code
    return (
        key,
        province,
        raw.producer[:300],
        slug_of(raw.producer),
        kind,
        commune,
        raw.address[:500],
        run.source.is_sample,
    )


def _product(
    run: Run, known: identity.Catalogue, record: SourceRecord, one: Judged, producers: Producers, changed: Changed
) -> Product:
    """The product that a record proves, with its facts; not yet saved: what is new of a known one goes to `changed`."""
    product, facts, producer = known.product_of(one), _facts(one), producers[_producer_key(one)]
    if product is None:
        product = build(Product, code=new_code(), is_sample=run.source.is_sample, **facts)
        product.producer = producer
        known.told.append(product)
        return product
    if one.product or known.outranks(record, product):
        return product
    known.told.append(product)
    if product.producer_id != producer.pk:
        facts["producer"] = producers[_producer_key(one)] = _renamed(product.producer, producer, run)
    for name, value in facts.items():
        if getattr(product, name) != value:
            setattr(product, name, value)
            changed[product.pk].add(name)
    return product


def _save_products(products: Iterable[Product], changed: Changed) -> dict[int, Product]:
    """Insert the new ones, update those with other facts than before. Returns the new ones."""
    distinct = {id(product): product for product in products}.values()
    new = [product for product in distinct if product.pk is None]
    taken = set(Product.objects.filter(code__in=[one.code for one in new]).values_list("code", flat=True))
    for product in new:
        while product.code in taken:
            product.code = new_code()
        taken.add(product.code)
    insert_all(new)
    renewed = [product for product in distinct if product.pk in changed]
    names = {name for product in renewed for name in changed[product.pk]}
    update_all(renewed, [*sorted(names), "updated_at"])
    return {product.pk: product for product in new}


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
    raw = one.record
    place = place_as_written(raw.address or raw.commune, one.decision.place)
    return {
        **name_facts(raw.product),
        **goods_facts(raw.product, raw.category, read_set(raw.set_no)),
        **place._asdict(),
    }


def _recognise(
    run: Run, records: Sequence[tuple[SourceRecord, Judged]], unknown: Collection[int]
) -> dict[int, list[Recognition]]:
    """Give every record the recognition that it proves; older ones that it tells of are kept as history.

    `unknown`: products that have none yet. Returns what is new, by product.
    """
    proving = [(record, one) for record, one in records if one.proves and record.product_id]
    products = {record.product_id for record, _ in proving}.difference(unknown)
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
                new[key] = _new_recognition(run, key, granted)
        if key in new:  # what the gate would merge, so that it need not be written twice
            for name, value in merged_facts([record]).items():
                setattr(new[key], name, value)
        told.append((record, grant, key))
    insert_all(list(new.values()))
    changed = []
    for record, grant, key in told:
        recognition = present.get(key) or new[key]
        record.recognition_id = recognition.pk
        if (recognition.star, recognition.score) != (grant.star, grant.score):
            recognition.star, recognition.score = grant.star, grant.score
            changed.append(recognition)
    update_all(changed, ["star", "score"])
    by_product: dict[int, list[Recognition]] = defaultdict(list)
    for recognition in new.values():
        by_product[recognition.product_id].append(recognition)
    return by_product


def _identity(one: Recognition) -> Identity:
    return one.product_id, one.authority_key, one.decision_key, one.issued_on


def _new_recognition(run: Run, key: Identity, grant: Grant) -> Recognition:
    product_id, authority, decision, issued_on = key
    return build(
        Recognition,
        product_id=product_id,
        authority_key=authority,
        decision_key=decision,
        issued_on=issued_on,
        authority=grant.authority[:200],
        decision_number=grant.decision[:60],
        star=grant.star,
        score=grant.score,
        expires_on=grant.expires_on,
        status=grant.status,
        is_sample=run.source.is_sample,
    )


def mark_finished(run: Run, state: str) -> None:
    """End a run and give its lease back."""
    run.state, run.finished_at, run.leased_until, run.lease_owner = state, clock.now(), None, ""
    run.save(update_fields=["state", "finished_at", "leased_until", "lease_owner", "counts", "notes", "problem"])
