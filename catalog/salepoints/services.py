"""Warehouses: made in Saleor first, then noted here."""

from collections.abc import Iterator

from django.db.models import Q

from catalog.producers.models import Producer
from catalog.regions import province
from catalog.saleor.client import client
from catalog.saleor.setup import WarehouseFacts, settle_warehouse
from catalog.salepoints.models import SalePoint, Warehouse

LONGEST_NAME, LONGEST_STREET = 250, 256  # characters that Saleor takes


def ensure_producer_warehouse(producer: Producer) -> Warehouse:
    """The producer's own store: serves ordinary deliveries. Idempotent. Raises SaleorUnavailable."""
    return Warehouse.objects.filter(producer=producer).first() or _make(producer)


def ensure_sale_point_warehouse(point: SalePoint) -> Warehouse:
    """The sale point's shelf: a collection point in no shipping zone. Idempotent. Raises SaleorUnavailable."""
    return Warehouse.objects.filter(sale_point=point).first() or _make(point)


def wanted_warehouses() -> list[WarehouseFacts]:
    """What Saleor must hold of warehouses: every sale point's, and those of producers who sell or may begin to."""
    return [facts_of(owner) for owner in _owners()]


def note_warehouses() -> None:
    """Write the `wanted_warehouses` down, once Saleor has them all."""
    for owner in _owners():
        _note(owner)


def facts_of(owner: Producer | SalePoint) -> WarehouseFacts:
    """The producer's store, or the sale point's shelf, as Saleor shall hold it."""
    known = getattr(owner, "warehouse", None)
    of_point = isinstance(owner, SalePoint)
    return WarehouseFacts(
        external_reference=known.external_reference if known else _reference(owner),
        name=owner.name[:LONGEST_NAME],
        street=(owner.address or province(owner.province_code).name)[:LONGEST_STREET],
        province_code=owner.province_code,
        collection_point=of_point,
    )


def _owners() -> Iterator[Producer | SalePoint]:
    selling = Q(members__isnull=False) | Q(warehouse__isnull=False)
    yield from Producer.objects.filter(selling).select_related("warehouse").distinct().order_by("pk")
    yield from SalePoint.objects.select_related("warehouse").order_by("pk")


def _reference(owner: Producer | SalePoint) -> str:
    return f"point-{owner.slug}" if isinstance(owner, SalePoint) else f"producer-{owner.pk}"


def _make(owner: Producer | SalePoint) -> Warehouse:
    settle_warehouse(client(), facts_of(owner))
    return _note(owner)


def _note(owner: Producer | SalePoint) -> Warehouse:
    reference = {"external_reference": _reference(owner)}
    if isinstance(owner, SalePoint):
        return Warehouse.objects.get_or_create(sale_point=owner, defaults=reference)[0]
    return Warehouse.objects.get_or_create(producer=owner, defaults=reference)[0]
