"""Changing a basket, and seeing it as it stands today. Nothing here asks Saleor."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from catalog.combos.availability import wanted
from catalog.livestreams.vouchers.models import LivestreamVoucher
from catalog.offers.models import Offer
from catalog.offers.selling import objection, shortage
from catalog.products.models import Product
from storefront.basket.boxes import Boxes, BoxView, rows_of
from storefront.basket.errors import NotForSale, UnknownOffer
from storefront.basket.models import MAX_QUANTITY, Basket, BasketBox, BasketLine
from storefront.basket.reading import changed, locked, read_quantity
from storefront.livestreams import attribution
from storefront.livestreams.vouchers import Reduction, reductions


@dataclass(frozen=True, slots=True)
class LineView:
    """A line today. Amounts in đồng; `problem` is why it cannot be ordered, or empty; `price_was` if it changed;
    `reduction`: what a session's voucher takes off."""

    line: BasketLine
    offer: Offer
    product: Product
    quantity: int
    price: int
    available: int
    problem: str
    price_was: int | None
    reduction: Reduction | None = None

    @property
    def total(self) -> int:
        """Đồng, tax included."""
        return self.price * self.quantity - (self.reduction.saved if self.reduction else 0)

    @property
    def reference(self) -> str:
        """The offer's external reference."""
        return self.offer.external_reference

    @property
    def key(self) -> str:
        """What refusals call it."""
        return self.reference

    @property
    def references(self) -> set[str]:
        """The one that it wants."""
        return {self.reference}


@dataclass(frozen=True, slots=True)
class BasketView:
    """A basket today: what it costs before delivery, and whether it can be ordered."""

    basket: Basket | None
    lines: tuple[LineView, ...]
    boxes: tuple[BoxView, ...] = ()
    over: tuple[LivestreamVoucher, ...] = ()

    @property
    def rows(self) -> tuple[LineView | BoxView, ...]:
        """Everything in it."""
        return (*self.lines, *self.boxes)

    @property
    def subtotal(self) -> int:
        """Đồng, of what can be ordered."""
        return sum(row.total for row in self.rows if not row.problem)

    @property
    def can_order(self) -> bool:
        """Something is in it, and nothing in it is in the way."""
        return bool(self.rows) and not any(row.problem for row in self.rows)

    @property
    def pieces(self) -> Mapping[str, int]:
        """{offer or packaging reference: pieces}, loose and in boxes."""
        return wanted(_loose(self.lines), [(box.pieces, 1) for box in self.boxes])


def see(basket: Basket | None) -> BasketView:
    """The basket with today's prices, stock and the gate's say on every line; each counts what the others want."""
    if basket is None:
        return BasketView(None, ())
    found = basket.lines.select_related("offer__product__producer", "origin").prefetch_related("offer__stocks")
    rows = list(found)
    boxes = Boxes(rows_of(basket)).see(_loose(rows))
    boxed = wanted({}, [(box.pieces, 1) for box in boxes])
    reduced = reductions(basket, rows)
    lines = tuple(_see_line(line, boxed, reduced.by_line.get(line.pk)) for line in rows)
    return BasketView(basket, lines, tuple(boxes), reduced.over)


def _loose(lines: Iterable[BasketLine | LineView]) -> Counter[str]:
    return Counter({line.offer.external_reference: line.quantity for line in lines})


def _see_line(line: BasketLine, boxed: Mapping[str, int], reduction: Reduction | None) -> LineView:
    offer, product = line.offer, line.offer.product
    free = sum(stock.available for stock in offer.stocks.all()) - boxed.get(offer.external_reference, 0)
    available = max(0, min(MAX_QUANTITY, free))
    return LineView(
        line=line,
        offer=offer,
        product=product,
        quantity=line.quantity,
        price=offer.price,
        available=available,
        problem=objection(offer) or shortage(line.quantity, available),
        price_was=line.price_seen if line.price_seen != offer.price else None,
        reduction=reduction,
    )


def add(basket: Basket | None, reference: str, quantity: str | int, livestream: str = "") -> Basket:
    """Put pieces in (at most 50 of one offer); makes the basket when there is none yet.

    `livestream`: the code of the session that the browser carries, see `storefront.livestreams.attribution`.

    Raises `UnknownOffer`, `BadQuantity`, `NotForSale`.
    """
    offer, pieces = find_offer(reference), read_quantity(quantity)
    available = sum(stock.available for stock in offer.stocks.all())
    if reason := objection(offer) or shortage(1, available):
        raise NotForSale(name=offer.product.name, reason=reason)
    with transaction.atomic():
        basket = locked(basket) if basket else Basket.objects.create()
        line = basket.lines.filter(offer=offer).first()
        if line:
            line.quantity = min(MAX_QUANTITY, line.quantity + pieces)
            line.price_seen = offer.price
            line.save()
        else:
            line = basket.lines.create(offer=offer, quantity=pieces, price_seen=offer.price)
        attribution.claim(line, livestream)
        changed(basket)
    return basket


def set_quantity(basket: Basket, reference: str, quantity: str | int) -> None:
    """Let a line have exactly this many pieces; the buyer saw today's price. A line that is gone stays gone."""
    offer, pieces = find_offer(reference), read_quantity(quantity)
    with transaction.atomic():
        mine = locked(basket)
        line = mine.lines.filter(offer=offer).first()
        if line and (line.quantity, line.price_seen) != (pieces, offer.price):
            line.quantity, line.price_seen = pieces, offer.price
            line.save()
            changed(mine)


def remove(basket: Basket, reference: str) -> None:
    """Take a line out; nothing happens when it is not in."""
    offer = find_offer(reference)
    with transaction.atomic():
        mine = locked(basket)
        if mine.lines.filter(offer=offer).delete()[0]:
            changed(mine)


def take_out(basket: Basket, ordered: Mapping[int, int], boxes: Mapping[str, int]) -> None:
    """Take what was ordered ({offer id: loose pieces}, {key of a box: boxes}) out, in the caller's transaction."""
    mine = locked(basket)
    rows: list[tuple[BasketLine | BasketBox, int]] = [
        *((line, ordered[line.offer_id]) for line in mine.lines.filter(offer_id__in=ordered)),
        *((box, boxes[box.key]) for box in mine.boxes.filter(key__in=boxes)),
    ]
    for row, number in rows:
        row.quantity -= number
        if row.quantity > 0:
            row.save()
        else:
            row.delete()
    changed(mine)


def find_offer(reference: str) -> Offer:
    """The offer `<code>-<number>`. Raises `UnknownOffer`."""
    code, _dash, number = reference.strip().rpartition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise UnknownOffer
    offer = Offer.objects.select_related("product__producer").filter(product__code=code, number=int(number)).first()
    if offer is None:
        raise UnknownOffer
    return offer
