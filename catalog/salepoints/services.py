"""Warehouses: made in Saleor first, then noted here."""

from catalog.producers.models import Producer
from catalog.regions import province
from catalog.saleor.client import client
from catalog.saleor.setup import ensure_warehouse
from catalog.salepoints.models import SalePoint, Warehouse


def ensure_producer_warehouse(producer: Producer) -> Warehouse:
    """The producer's own store: serves ordinary deliveries. Idempotent. Raises SaleorUnavailable."""
    existing = Warehouse.objects.filter(producer=producer).first()
    if existing:
        return existing
    reference = f"producer-{producer.pk}"
    _tell_saleor(reference, producer.name, producer.address, producer.province_code, collection_point=False)
    return Warehouse.objects.get_or_create(producer=producer, defaults={"external_reference": reference})[0]


def ensure_sale_point_warehouse(point: SalePoint) -> Warehouse:
    """The sale point's shelf: a collection point in no shipping zone. Idempotent. Raises SaleorUnavailable."""
    existing = Warehouse.objects.filter(sale_point=point).first()
    if existing:
        return existing
    reference = f"point-{point.slug}"
    _tell_saleor(reference, point.name, point.address, point.province_code, collection_point=True)
    return Warehouse.objects.get_or_create(sale_point=point, defaults={"external_reference": reference})[0]


def _tell_saleor(reference: str, name: str, address: str, province_code: str, *, collection_point: bool) -> None:
    ensure_warehouse(
        client(),
        external_reference=reference,
        name=name,
        street=address or province(province_code).name,
        province_code=province_code,
        collection_point=collection_point,
    )
