"""Changing a basket, and seeing it as it stands today. Nothing here asks Saleor."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalog import clock
from catalog.certificates.services import is_listed
from catalog.offers.models import Offer
from catalog.products.models import Product, Restriction
from storefront.basket.errors import BadQuantity, NotForSale, UnknownOffer
from storefront.basket.models import MAX_QUANTITY, Basket, BasketLine

NOT_LISTED = _("Chứng nhận OCOP của sản phẩm không còn hiệu lực hôm nay nên không bán được.")
ADULT = _(
    "Đồ uống có cồn chỉ được thanh toán không dùng tiền mặt; cửa hàng hiện chỉ nhận tiền mặt nên chưa bán. "
    "Xin mua trực tiếp tại điểm bán."
)
SERVICE = _("Đây là dịch vụ du lịch: xin liên hệ chủ thể để đặt chỗ, không đặt qua giỏ hàng.")
WITHDRAWN = _("Quy cách này không còn bán.")
SOLD_OUT = _("Hết hàng.")


@dataclass(frozen=True, slots=True)
class LineView:
    """A line today. Amounts in đồng; `problem` is why it cannot be ordered, or empty; `price_was` if it changed."""

    line: BasketLine
    offer: Offer
    product: Product
    quantity: int
    price: int
    available: int
    problem: str
    price_was: int | None

    @property
    def total(self) -> int:
        """Đồng, tax included."""
        return self.price * self.quantity

    @property
    def reference(self) -> str:
        """The offer's external reference."""
        return self.offer.external_reference


@dataclass(frozen=True, slots=True)
class BasketView:
    """A basket today: what it costs before delivery, and whether it can be ordered."""

    basket: Basket | None
    lines: tuple[LineView, ...]

    @property
    def subtotal(self) -> int:
        """Đồng, of the lines that can be ordered."""
        return sum(line.total for line in self.lines if not line.problem)

    @property
    def can_order(self) -> bool:
        """Something is in it, and nothing in it is in the way."""
        return bool(self.lines) and not any(line.problem for line in self.lines)


def see(basket: Basket | None) -> BasketView:
    """The basket with today's prices, stock and the gate's say on every line."""
    if basket is None:
        return BasketView(None, ())
    lines = basket.lines.select_related("offer__product__producer").prefetch_related("offer__stocks")
    return BasketView(basket, tuple(_see_line(line) for line in lines))


def _see_line(line: BasketLine) -> LineView:
    offer, product = line.offer, line.offer.product
    available = min(MAX_QUANTITY, sum(stock.available for stock in offer.stocks.all()))
    return LineView(
        line=line,
        offer=offer,
        product=product,
        quantity=line.quantity,
        price=offer.price,
        available=available,
        problem=objection(offer) or _shortage(line.quantity, available),
        price_was=line.price_seen if line.price_seen != offer.price else None,
    )


def objection(offer: Offer) -> str:
    """Why the offer may not be sold today whatever its stock (gate, selling policy), or empty."""
    product = offer.product
    if not is_listed(product, clock.today()):
        return str(NOT_LISTED)
    if product.adult_only:
        return str(ADULT)
    if product.restriction == Restriction.SERVICE:
        return str(SERVICE)
    return "" if offer.is_active else str(WITHDRAWN)


def _shortage(quantity: int, available: int) -> str:
    if available <= 0:
        return str(SOLD_OUT)
    if quantity > available:
        return str(format_lazy(_("Chỉ còn {count}: xin giảm số lượng."), count=available))
    return ""


def add(basket: Basket | None, reference: str, quantity: str | int) -> Basket:
    """Put pieces in (at most 50 of one offer); makes the basket when there is none yet.

    Raises `UnknownOffer`, `BadQuantity`, `NotForSale`.
    """
    offer, pieces = find_offer(reference), read_quantity(quantity)
    available = sum(stock.available for stock in offer.stocks.all())
    if reason := objection(offer) or _shortage(1, available):
        raise NotForSale(name=offer.product.name, reason=reason)
    with transaction.atomic():
        basket = _locked(basket) if basket else Basket.objects.create()
        line = basket.lines.filter(offer=offer).first()
        if line:
            line.quantity = min(MAX_QUANTITY, line.quantity + pieces)
            line.price_seen = offer.price
            line.save()
        else:
            basket.lines.create(offer=offer, quantity=pieces, price_seen=offer.price)
        _changed(basket)
    return basket


def set_quantity(basket: Basket, reference: str, quantity: str | int) -> None:
    """Let a line have exactly this many pieces; the buyer saw today's price. A line that is gone stays gone."""
    offer, pieces = find_offer(reference), read_quantity(quantity)
    with transaction.atomic():
        locked = _locked(basket)
        line = locked.lines.filter(offer=offer).first()
        if line and (line.quantity, line.price_seen) != (pieces, offer.price):
            line.quantity, line.price_seen = pieces, offer.price
            line.save()
            _changed(locked)


def remove(basket: Basket, reference: str) -> None:
    """Take a line out; nothing happens when it is not in."""
    offer = find_offer(reference)
    with transaction.atomic():
        locked = _locked(basket)
        if locked.lines.filter(offer=offer).delete()[0]:
            _changed(locked)


def take_out(basket: Basket, ordered: dict[int, int]) -> None:
    """Take what was ordered ({offer id: pieces}) out of the basket, in the caller's transaction."""
    locked = _locked(basket)
    for line in locked.lines.filter(offer_id__in=ordered):
        line.quantity -= ordered[line.offer_id]
        if line.quantity > 0:
            line.save()
        else:
            line.delete()
    _changed(locked)


def find_offer(reference: str) -> Offer:
    """The offer `<code>-<number>`. Raises `UnknownOffer`."""
    code, _dash, number = reference.strip().rpartition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise UnknownOffer
    offer = Offer.objects.select_related("product__producer").filter(product__code=code, number=int(number)).first()
    if offer is None:
        raise UnknownOffer
    return offer


def read_quantity(quantity: str | int) -> int:
    """A whole number from 1 to 50. Raises `BadQuantity`."""
    text = str(quantity).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MAX_QUANTITY):
        raise BadQuantity
    return int(text)


def _locked(basket: Basket) -> Basket:
    return Basket.objects.select_for_update().get(pk=basket.pk)


def _changed(basket: Basket) -> None:
    Basket.objects.filter(pk=basket.pk).update(revision=F("revision") + 1, updated_at=clock.now())
    basket.refresh_from_db()
