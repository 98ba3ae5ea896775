"""What is pinned to a session. The gate, the selling policy and an active offer, and for a combo whether a box can be
had, are asked when a pin is made and whenever it is shown: what ends, is revoked, withdrawn or (a combo) sold out is
gone without anybody doing anything, and back as soon as it is on sale again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from catalog.certificates.gate import listable
from catalog.certificates.services import is_listed
from catalog.combos import lists as combos
from catalog.combos.lists import Listed
from catalog.combos.models import Combo, ComboPart
from catalog.combos.offering import cheapest_box
from catalog.combos.offering import combos as whole_combos
from catalog.livestreams.errors import (
    ComboNotOnSale,
    ComboNotYours,
    PinAlcohol,
    PinHealth,
    PinNoParcel,
    PinNotListed,
    PinNotOnSale,
    PinNotYours,
    PinRefused,
)
from catalog.livestreams.models import COMBO, LiveHost, Livestream, LivestreamPin
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
    """A pinned product, or a pinned combo with its box today.

    `price` in đồng: the lowest of the product's active offers; a box, of a combo to choose from the cheapest.
    """

    key: str
    product: Product | None
    combo: Listed | None
    price: int
    offset: int | None


def products_of(host: LiveHost) -> QuerySet[Product]:
    """What the host sells: a producer its own, a sale point what lies on its shelf (in any state)."""
    if host.producer_id:
        return Product.objects.filter(producer=host.producer_id)
    return Product.objects.filter(
        offers__is_active=True, offers__stocks__warehouse__sale_point=host.sale_point_id
    ).distinct()


def combos_of(host: LiveHost) -> QuerySet[Combo]:
    """Combos that the host may show: a producer those with a part of its own, a sale point those that it packs and
    those whose parts all lie on its shelf (in any state)."""
    parts = ComboPart.objects.filter(combo=OuterRef("pk"))
    if host.producer_id:
        return Combo.objects.filter(Exists(parts.filter(offer__product__producer=host.producer_id)))
    here = ComboPart.objects.filter(
        offer__is_active=True, offer__stocks__warehouse__sale_point=host.sale_point_id
    ).values("pk")
    packed = Q(packaging__sale_point=host.sale_point_id)
    return Combo.objects.filter(packed | Exists(parts) & ~Exists(parts.exclude(pk__in=here)))


def pinnable(host: LiveHost, today: date) -> list[Product]:
    """The products that the host may pin on this day, by name."""
    on_sale = products_of(host).filter(listable(today), restriction=Restriction.NONE, offers__is_active=True)
    return list(on_sale.distinct().order_by("name", "pk"))


def boxes_of(session: Livestream) -> dict[int, Listed]:
    """The combos that the session's host may pin at this minute, and those that are pinned and may be shown."""
    pinned = session.pins.filter(combo__isnull=False).values("combo")
    found = Combo.objects.filter(Q(pk__in=combos_of(session.host).values("pk")) | Q(pk__in=pinned))
    return _boxes(found.order_by("-approved_at", "-pk").values_list("pk", flat=True))


def check(host: LiveHost, key: str, today: date) -> Product | Combo:
    """The product or combo with this key, where the host may pin it now. Raises PinRefused."""
    if key.startswith(COMBO):
        return _check_combo(host, key.removeprefix(COMBO))
    product = products_of(host).filter(code=key).first()
    if product is None:
        raise PinNotYours
    if refusal := _REFUSALS.get(product.restriction):
        raise refusal(name=product.name)
    if not is_listed(product, today):
        raise PinNotListed(name=product.name)
    if not product.offers.filter(is_active=True).exists():
        raise PinNotOnSale(name=product.name)
    return product


def shown(livestream: int, today: date, boxes: Mapping[int, Listed] | None = None) -> list[Pin]:
    """What may be shown at this minute of the pins of a session, in their order; `boxes`: what `boxes_of` gave."""
    return shown_of([livestream], today, boxes).get(livestream, [])


def shown_of(
    livestreams: Iterable[int], today: date, boxes: Mapping[int, Listed] | None = None
) -> dict[int, list[Pin]]:
    """The same of many sessions, for as many queries as of one; those of none are left out."""
    found = LivestreamPin.objects.filter(_candidates(today), livestream__in=list(livestreams))
    found = found.select_related("product__producer", "product__current", "combo")
    found = found.annotate(price=Min("product__offers__price", filter=Q(product__offers__is_active=True)))
    rows = list(found.order_by("position", "pk"))
    boxes = _boxes(row.combo_id for row in rows) if boxes is None else boxes
    pins: dict[int, list[Pin]] = {}
    for row in rows:
        box = boxes.get(row.combo_id) if row.combo_id else None
        if row.product_id or box:
            pin = Pin(row.key, row.product, box, box.total if box else row.price, row.offset)
            pins.setdefault(row.livestream_id, []).append(pin)
    return pins


def keys(livestream: int, today: date) -> tuple[str, ...]:
    """The keys of what may be shown at this minute, in the order of the pins."""
    rows = LivestreamPin.objects.filter(_candidates(today), livestream=livestream).order_by("position", "pk")
    told = list(rows.values_list("product__code", "combo", "combo__code"))  # a product's several offers: several rows
    boxes = _boxes(combo for _product, combo, _code in told)
    found = [product or f"{COMBO}{code}" for product, combo, code in told if product or combo in boxes]
    return tuple(dict.fromkeys(found))


def showable(today: date) -> Q:
    """The condition on a pin of a product: listed today, no restriction, an active offer."""
    return listable(today, "product__") & Q(product__restriction=Restriction.NONE, product__offers__is_active=True)


def may_show(box: Listed) -> bool:
    """Can a box be had, and is nothing in it that is never pinned?"""
    return bool(box.box.possible) and _restricted(box) is None


def _candidates(today: date) -> Q:
    return showable(today) | Q(combo__isnull=False)


def _boxes(numbers: Iterable[int | None]) -> dict[int, Listed]:
    wanted = [number for number in dict.fromkeys(numbers) if number]
    return {pk: box for pk, box in combos.on_sale(wanted).items() if may_show(box)}


def _restricted(box: Listed) -> Product | None:
    """Something in it that has a rule of its own: health products are in boxes, but in no livestream."""
    return next((part.product for part in box.parts if part.product.restriction != Restriction.NONE), None)


def _check_combo(host: LiveHost, code: str) -> Combo:
    combo = whole_combos().filter(pk__in=combos_of(host).filter(code=code).values("pk")).first()
    if combo is None:
        raise ComboNotYours
    box = Listed(combo, cheapest_box(combo))
    if product := _restricted(box):
        raise _REFUSALS[product.restriction](name=product.name)
    if not box.box.possible:
        raise ComboNotOnSale(name=combo.told_title, reason=box.box.problem or _("Tạm hết: không đủ hàng cho một hộp."))
    return combo
