"""Pinned products: the gate, the selling policy and an active offer are asked when a pin is made and whenever it is
shown, so that what ends, is revoked or withdrawn is gone without anybody doing anything."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q, QuerySet

from catalog.certificates.gate import listable
from catalog.certificates.services import is_listed
from catalog.livestreams.errors import (
    PinAlcohol,
    PinHealth,
    PinNoParcel,
    PinNotListed,
    PinNotOnSale,
    PinNotYours,
    PinRefused,
)
from catalog.livestreams.models import LiveHost, LivestreamPin
from catalog.products.models import Product, Restriction

MOST = 30
_REFUSALS: dict[str, type[PinRefused]] = {
    Restriction.HEALTH: PinHealth,
    Restriction.ALCOHOL: PinAlcohol,
    Restriction.SUSPECT_ALCOHOL: PinAlcohol,
    Restriction.LIVE: PinNoParcel,
    Restriction.SERVICE: PinNoParcel,
}


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned product; `price` in đồng is the lowest of its active offers."""

    product: Product
    price: int
    offset: int | None


def products_of(host: LiveHost) -> QuerySet[Product]:
    """What the host sells: a producer its own, a sale point what lies on its shelf (in any state)."""
    if host.producer_id:
        return Product.objects.filter(producer=host.producer_id)
    return Product.objects.filter(
        offers__is_active=True, offers__stocks__warehouse__sale_point=host.sale_point_id
    ).distinct()


def pinnable(host: LiveHost, today: date) -> list[Product]:
    """What the host may pin on this day, by name."""
    on_sale = products_of(host).filter(listable(today), restriction=Restriction.NONE, offers__is_active=True)
    return list(on_sale.distinct().order_by("name", "pk"))


def check(host: LiveHost, code: str, today: date) -> Product:
    """The product with this code, where the host may pin it today. Raises PinRefused."""
    product = products_of(host).filter(code=code).first()
    if product is None:
        raise PinNotYours
    if refusal := _REFUSALS.get(product.restriction):
        raise refusal(name=product.name)
    if not is_listed(product, today):
        raise PinNotListed(name=product.name)
    if not product.offers.filter(is_active=True).exists():
        raise PinNotOnSale(name=product.name)
    return product


def shown(livestream: int, today: date) -> list[Pin]:
    """What may be shown at this minute of the pins of a session, in their order."""
    rows = LivestreamPin.objects.filter(livestream=livestream).filter(showable(today))
    rows = rows.select_related("product__producer", "product__current")
    rows = rows.annotate(price=Min("product__offers__price", filter=Q(product__offers__is_active=True)))
    return [Pin(row.product, row.price, row.offset) for row in rows.order_by("position", "pk")]


def showable(today: date) -> Q:
    """The condition on a pin: listed today, no restriction, an active offer."""
    return listable(today, "product__") & Q(product__restriction=Restriction.NONE, product__offers__is_active=True)
