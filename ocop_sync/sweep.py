"""The sweep: certificates begin and end at midnight without anybody saying so; Saleor has to be told."""

from datetime import date

from django.db.models import QuerySet

from catalog.certificates.gate import listable
from catalog.outbox.models import OutboxRow
from catalog.outbox.services import emit
from catalog.products.models import Product
from ocop_sync.publish.models import Publication


def sweep(today: date) -> int:
    """Announce the products whose state in Saleor is not what the gate says today (Asia/Ho_Chi_Minh).

    Our own pages need no announcement: they test the interval. Returns how many were announced; a repeat announces
    none that is on its way.
    """
    published = Publication.objects.filter(is_published=True).values("code")
    listed = Product.objects.filter(listable(today))
    under_way = OutboxRow.objects.filter(topic="publish").values("key")
    ended = Product.objects.exclude(pk__in=listed.values("pk")).filter(code__in=published)
    begun = listed.exclude(code__in=published)
    codes = [code for wrong in (ended, begun) for code in _codes(wrong.exclude(code__in=under_way))]
    emit("publish", codes)
    return len(codes)


def _codes(products: QuerySet[Product]) -> QuerySet[Product, str]:
    return products.order_by("pk").values_list("code", flat=True)
