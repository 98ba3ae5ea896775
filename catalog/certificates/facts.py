"""A product's facts, from the cells of the source records that prove it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from catalog.bulk import update_all
from catalog.certificates.models import PROVING, SourceRecord
from catalog.certificates.precedence import Identity, Place, Telling, facts_of, tellers
from catalog.clock import TIME_ZONE
from catalog.producers.models import Producer
from catalog.products.goods import read_set
from catalog.products.models import Product
from catalog.regions import Resolution, resolve


class Kept(NamedTuple):
    """What is read of a record."""

    source__name: str
    recognition__issued_on: date | None
    key: str
    evidence: str
    updated_at: datetime
    columns: dict[str, Any]
    read_as: dict[str, Any] | None
    hint: str


def settle(products: Sequence[Product]) -> None:
    """Write the facts that the records that prove the products tell; the caller holds locks on the products.

    Two questions whatever the number of products, none for no product. What nobody tells stays as it is.
    """
    if not products:
        return
    told = _told_of(products)
    producers = Producer.objects.in_bulk({product.producer_id for product in products})
    names: set[str] = set()
    changed = []
    for product in products:
        facts = told_facts(product, producers[product.producer_id], told.get(product.pk, ()))
        new = {name: value for name, value in facts.items() if getattr(product, name) != value}
        if new:
            for name, value in new.items():
                setattr(product, name, value)
            changed.append(product)
            names |= new.keys()
    update_all(changed, [*sorted(names), "updated_at"])


def told_facts(product: Product, producer: Producer, tellings: Sequence[Telling]) -> dict[str, Any]:
    """The columns of a product by what is told of it; none where nothing is told."""
    if not tellings:
        return {}
    return facts_of(tellers(tellings, identity_of(product, producer), product.name), product.name)


def identity_of(product: Product, producer: Producer) -> Identity:
    """Which product it is."""
    return Identity(product.name_key, producer.name_key, producer.province_code)


def _told_of(products: Sequence[Product]) -> dict[int, list[Telling]]:
    told: dict[int, list[Telling]] = defaultdict(list)
    proving = SourceRecord.objects.filter(PROVING, product__in=products, recognition__isnull=False)
    for product, *kept in proving.values_list("product_id", *Kept._fields):
        if telling := _telling(Kept(*kept)):
            told[product].append(telling)
    return told


def telling_of(record: SourceRecord) -> Telling | None:
    """What a record, read with its source and recognition, says; None where no cell of it is kept."""
    recognised_on = record.recognition.issued_on if record.recognition else None
    of_record = (record.key, record.evidence, record.updated_at, record.columns, record.read_as, record.hint)
    return _telling(Kept(record.source.name, recognised_on, *of_record))


def _telling(kept: Kept) -> Telling | None:
    cells = kept.columns if kept.read_as is None else kept.read_as
    if not cells:
        return None
    return Telling(
        source=kept.source__name,
        key=kept.key,
        tier=kept.evidence,
        recognised_on=kept.recognition__issued_on or date.min,
        read_on=kept.updated_at.astimezone(TIME_ZONE).date(),
        name=cells.get("product", ""),
        producer=cells.get("producer", ""),
        category=cells.get("category", ""),
        set_no=read_set(cells.get("set_no", "")),
        place=_place(cells, kept.hint),
    )


def _place(cells: Mapping[str, str], hint: str) -> Place | None:
    address, commune = cells.get("address", ""), cells.get("commune", "")
    known = resolve(address or commune, cells.get("province") or hint or None, commune=commune)
    return None if known.problem else place_as_written(address or commune, known)


def place_as_written(address: str, known: Resolution) -> Place:
    """An address with the place of today that it names."""
    return Place(address[:500], known.province_code, known.commune_code, known.old_province_code, known.region)
