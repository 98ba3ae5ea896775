"""A product's facts, from the cells of the source records that prove it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from catalog.bulk import update_all
from catalog.certificates.models import PROVING, SourceRecord
from catalog.certificates.precedence import Identity, Place, Telling, facts_of, tellers
from catalog.clock import TIME_ZONE
from catalog.producers.models import Producer
from catalog.products.goods import read_set
from catalog.products.models import Product
from catalog.regions import Resolution, resolve


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
    for record in proving.select_related("source", "recognition"):
        if (telling := telling_of(record)) and record.product_id:
            told[record.product_id].append(telling)
    return told


def telling_of(record: SourceRecord) -> Telling | None:
    """What a record, read with its source and recognition, says; None where no cell of it is kept."""
    cells, recognition = record.columns if record.read_as is None else record.read_as, record.recognition
    if not cells:
        return None
    return Telling(
        source=record.source.name,
        key=record.key,
        tier=record.evidence,
        recognised_on=recognition.issued_on if recognition else date.min,
        read_on=record.updated_at.astimezone(TIME_ZONE).date(),
        name=cells.get("product", ""),
        producer=cells.get("producer", ""),
        category=cells.get("category", ""),
        set_no=read_set(cells.get("set_no", "")),
        place=_place(cells, record.hint),
    )


def _place(cells: Mapping[str, str], hint: str) -> Place | None:
    address, commune = cells.get("address", ""), cells.get("commune", "")
    known = resolve(address or commune, cells.get("province") or hint or None, commune=commune)
    return None if known.problem else place_as_written(address or commune, known)


def place_as_written(address: str, known: Resolution) -> Place:
    """An address with the place of today that it names."""
    return Place(address[:500], known.province_code, known.commune_code, known.old_province_code, known.region)
