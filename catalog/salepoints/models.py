"""Sale points (điểm giới thiệu và bán sản phẩm OCOP, QĐ 950/QĐ-BCT) and the warehouses that hold stock."""

from django.db import models

from catalog.producers.models import Producer


class SalePoint(models.Model):
    """A place that shows, sells and hands over OCOP goods."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    province_code = models.CharField(max_length=2)
    commune_code = models.CharField(max_length=5, blank=True, default="")
    opening_hours = models.CharField(max_length=200, blank=True, default="")
    is_open = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Warehouse(models.Model):
    """Where stock lies: a producer's own store, a sale point's shelf (a collection point in Saleor), or the packing
    store with the boxes that it packs and sends.

    Exactly one of `producer`, `sale_point` and `packing_point` is set. `external_reference` is Saleor's.
    """

    external_reference = models.CharField(max_length=100, unique=True)
    producer = models.OneToOneField(Producer, null=True, on_delete=models.PROTECT, related_name="warehouse")
    sale_point = models.OneToOneField(SalePoint, null=True, on_delete=models.PROTECT, related_name="warehouse")
    packing_point = models.OneToOneField(SalePoint, null=True, on_delete=models.PROTECT, related_name="packing_store")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(producer__isnull=False, sale_point=None, packing_point=None)
                | models.Q(producer=None, sale_point__isnull=False, packing_point=None)
                | models.Q(producer=None, sale_point=None, packing_point__isnull=False),
                name="warehouse_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return self.external_reference
