"""Warehouses: made in Saleor first, then noted here."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db.models import Q

from catalog.producers.models import Producer
from catalog.regions import province
from catalog.saleor.client import client
from catalog.saleor.setup import WarehouseFacts, settle_warehouse
from catalog.salepoints.models import SalePoint, Warehouse

LONGEST_NAME, LONGEST_STREET = 250, 256  # characters that Saleor takes


class _Use(Enum):
    """What a place is for: the field of `Warehouse` that names its owner, the other way round, and how its reference
    begins.
    """

    STORE = "producer", "warehouse", "producer-"
    SHELF = "sale_point", "warehouse", "point-"
    PACKING = "packing_point", "packing_store", "packing-"

    def __init__(self, field: str, back: str, prefix: str) -> None:
        self.field, self.back, self.prefix = field, back, prefix


@dataclass(frozen=True, slots=True)
class _Place:
    use: _Use
    owner: Producer | SalePoint

    @property
    def reference(self) -> str:
        return self.use.prefix + (self.owner.slug if isinstance(self.owner, SalePoint) else str(self.owner.pk))

    @property
    def facts(self) -> WarehouseFacts:
        """As Saleor shall hold it."""
        known, owner = getattr(self.owner, self.use.back, None), self.owner
        name = f"{owner.name[: LONGEST_NAME - 20]} · kho đóng gói" if self.use is _Use.PACKING else owner.name
        return WarehouseFacts(
            external_reference=known.external_reference if known else self.reference,
            name=name[:LONGEST_NAME],
            street=(owner.address or province(owner.province_code).name)[:LONGEST_STREET],
            province_code=owner.province_code,
            collection_point=self.use is _Use.SHELF,
        )

    def note(self) -> Warehouse:
        """Write it down, once Saleor has it."""
        owner = {self.use.field: self.owner}
        return Warehouse.objects.get_or_create(**owner, defaults={"external_reference": self.reference})[0]

    def ensure(self) -> Warehouse:
        """In Saleor, then here."""
        if known := Warehouse.objects.filter(**{self.use.field: self.owner}).first():
            return known
        settle_warehouse(client(), self.facts)
        return self.note()


def ensure_producer_warehouse(producer: Producer) -> Warehouse:
    """The producer's own store: serves ordinary deliveries. Idempotent. Raises SaleorUnavailable."""
    return _Place(_Use.STORE, producer).ensure()


def ensure_sale_point_warehouse(point: SalePoint) -> Warehouse:
    """The sale point's shelf: a collection point in no shipping zone. Idempotent. Raises SaleorUnavailable."""
    return _Place(_Use.SHELF, point).ensure()


def ensure_packing_store(point: SalePoint) -> Warehouse:
    """Where the boxes to be sent lie: in the shipping zone. Idempotent. Raises SaleorUnavailable."""
    return _Place(_Use.PACKING, point).ensure()


def wanted_warehouses() -> list[WarehouseFacts]:
    """What Saleor must hold of warehouses: every sale point's shelf, the packing stores of those that have packagings,
    and the stores of producers who sell or may begin to.
    """
    return [place.facts for place in _places()]


def note_warehouses() -> None:
    """Write the `wanted_warehouses` down, once Saleor has them all."""
    for place in _places():
        place.note()


def _places() -> Iterator[_Place]:
    selling = Q(members__isnull=False) | Q(warehouse__isnull=False)
    for producer in Producer.objects.filter(selling).select_related("warehouse").distinct().order_by("pk"):
        yield _Place(_Use.STORE, producer)
    for point in SalePoint.objects.select_related("warehouse").order_by("pk"):
        yield _Place(_Use.SHELF, point)
    packing = Q(packagings__isnull=False) | Q(packing_store__isnull=False)
    for point in SalePoint.objects.filter(packing).select_related("packing_store").distinct().order_by("pk"):
        yield _Place(_Use.PACKING, point)
