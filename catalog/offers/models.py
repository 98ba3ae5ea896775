"""Offers: a pack size with price, weight and stock per warehouse. Saleor owns them; this is a read model."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from django.db import models

from catalog.products.models import Product
from catalog.salepoints.models import Warehouse


class Pieces(NamedTuple):
    """What can still be sold of an offer: all that lies in producers' stores, and what on which sale point's shelf."""

    stores: int
    shelves: Mapping[int, int]  # by the point's primary key

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int | None, int | None]]) -> "Pieces":
        """From (pieces, producer, sale point) of each warehouse where some lie."""
        stores, shelves = 0, dict[int, int]()
        for pieces, producer, point in rows:
            if producer is not None:
                stores += pieces
            elif point is not None:
                shelves[point] = shelves.get(point, 0) + pieces
        return cls(stores, shelves)


class Offer(models.Model):
    """A Saleor variant `<code>-<number>`. `price` is whole đồng, shown with tax; `weight` grams."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="offers")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    price = models.PositiveIntegerField()
    weight = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    read_at = models.DateTimeField(
        null=True
    )  # when this state was asked of Saleor; an answer asked for earlier is stale

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "number"], name="offer_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.external_reference

    @cached_property
    def external_reference(self) -> str:
        """The variant's externalReference in Saleor."""
        return f"{self.product.code}-{self.number}"

    @cached_property
    def pieces(self) -> Pieces:
        """Where they lay when this row was read."""
        rows = ((one.available, one.warehouse.producer_id, one.warehouse.sale_point_id) for one in self.stocks.all())
        return Pieces.of(rows)


class OfferStock(models.Model):
    """Pieces of an offer that one warehouse can still promise (on hand less reserved), as Saleor last told."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="stocks")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="stocks")
    quantity = models.PositiveIntegerField(default=0)  # on hand
    reserved = models.PositiveIntegerField(default=0)  # allocated to open orders

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "warehouse"], name="offer_stock_once")]

    def __str__(self) -> str:
        return f"{self.offer_id}@{self.warehouse_id}: {self.available}"

    @property
    def available(self) -> int:
        """Pieces that can still be sold."""
        return max(0, self.quantity - self.reserved)
