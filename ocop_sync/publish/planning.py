"""What has to be told, by comparing the catalogue of today with what Saleor was told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from catalog import clock
from catalog.certificates.gate import listable
from catalog.certificates.services import is_listed
from catalog.products.models import Product
from ocop_sync.publish.models import Publication
from ocop_sync.publish.payload import content, content_hash

_AT_ONCE = 200  # rows; a product with its facts takes some kilobytes


@dataclass
class Plan:
    """Codes by what has to be done; a product may have to be changed and then put back."""

    update: list[str] = field(default_factory=list)
    relist: list[str] = field(default_factory=list)
    create: list[str] = field(default_factory=list)
    unchanged: int = 0


def to_delist(limit: int, but: Collection[str] = ()) -> list[str]:
    """Codes that are, or may be, on Saleor's shelf and that the gate does not allow there today."""
    allowed = Product.objects.filter(listable(clock.today()), code=OuterRef("code"))
    stale = Publication.objects.filter(~Exists(allowed), is_published=True).exclude(code__in=but)
    return list(stale.order_by("code").values_list("code", flat=True)[:limit])


def listed(codes: Iterable[str]) -> list[Product]:
    """Those of these products that may be listed today, with what their facts are made of."""
    today = clock.today()  # asked of each one: with the condition in SQL, SQLite reads every listed product for it
    named = Product.objects.filter(code__in=list(codes)).select_related("producer", "current").order_by("pk")
    return [product for product in named if is_listed(product, today)]


def plan(codes: Collection[str]) -> Plan:
    """Compare these products; delistings are found apart, by `to_delist`."""
    result, wanted = Plan(), sorted(codes)
    for start in range(0, len(wanted), _AT_ONCE):
        chunk = wanted[start : start + _AT_ONCE]
        known = {one.code: one for one in Publication.objects.filter(code__in=chunk)}
        allowed = listed(chunk)
        for product in allowed:
            _place(result, product, known.get(product.code))
        result.unchanged += len(chunk) - len(allowed)
    return result


def _place(result: Plan, product: Product, known: Publication | None) -> None:
    if known is None or not known.saleor_id:
        result.create.append(product.code)
        return
    unheard = known.unheard_since is not None
    changed = unheard or known.content_hash != content_hash(content(product))
    shown = known.is_published and not unheard
    if changed:
        result.update.append(product.code)
    if not shown:
        result.relist.append(product.code)
    result.unchanged += not changed and shown
