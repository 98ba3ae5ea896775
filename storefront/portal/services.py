"""What a producer's member sees and does: the producer's own products and order lines, and no other's."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from catalog import clock
from catalog.certificates.services import is_listed
from catalog.offers.models import Offer
from catalog.offers.services import put_offer, set_price, set_stock
from catalog.people.models import User
from catalog.producers.models import Producer
from catalog.products.models import Product
from catalog.saleor.client import NO_ANSWER
from catalog.salepoints.services import ensure_producer_warehouse
from catalog.warnings.advice import Ending, ending_of
from storefront.orders.errors import NotPaidYet
from storefront.orders.models import Method, Order, OrderLine, State
from storefront.orders.sending import note_delivered, note_sent, tell_delivered
from storefront.orders.stops import check_stops
from storefront.portal.errors import LineStopped, NotToSend, StockNotSaved


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product with how its certificate stands; `days_left` counts from tomorrow, None when it is not listed.

    `ending`: how near its end is and what to do, None where it is far.
    """

    product: Product
    listed: bool
    days_left: int | None
    ending: Ending | None


def producers_of(user: User) -> QuerySet[Producer]:
    """The producers that this person belongs to."""
    return Producer.objects.filter(members__user=user).order_by("name")


def products_of(user: User) -> QuerySet[Product]:
    """Their products."""
    mine = Product.objects.filter(producer__members__user=user).select_related("producer", "current")
    return mine.prefetch_related("offers__stocks__warehouse__sale_point").order_by("name", "pk")


def row_of(product: Product) -> ProductRow:
    """How the product stands today."""
    until, today = product.listable_until, clock.today()
    listed = is_listed(product, today)
    days = (until - today).days if listed and until else None
    return ProductRow(product, listed, days, ending_of(product, today))


def change_offer(offer: Offer, *, price: int, stock: int) -> None:
    """Set the price (đồng) and the pieces on hand in the own store; what is unchanged is not sent.

    Raises what `catalog.offers.services` raises: NotListed, SaleorUnavailable, …; StockNotSaved where the price was
    saved and Saleor then gave no answer about the stock.
    """
    new_price = price != offer.price
    if new_price:
        set_price(offer, price)
    if stock == own_stock(offer):
        return
    try:
        set_stock(offer, ensure_producer_warehouse(offer.product.producer), stock)
    except NO_ANSWER as error:
        if new_price:
            raise StockNotSaved from error
        raise


def add_offer(product: Product, number: int, *, name: str, weight: int, price: int, stock: int) -> Offer:
    """A new pack size with its pieces in the own store. A repeat changes nothing."""
    shelf = ensure_producer_warehouse(product.producer)
    return put_offer(product, number, name=name, price=price, weight=weight, stocks={shelf: stock})


def own_stock(offer: Offer) -> int:
    """Pieces on hand in the producer's own store."""
    own = (stock for stock in offer.stocks.all() if stock.warehouse.producer_id == offer.product.producer_id)
    return sum(stock.quantity for stock in own)


def lines_of(user: User) -> QuerySet[OrderLine]:
    """The order lines of their products, newest first."""
    mine = OrderLine.objects.filter(producer__members__user=user)
    return mine.select_related("order__sale_point", "producer", "box__sale_point").order_by("-order__placed_at", "pk")


def mark_sent(order: Order, user: User) -> None:
    """The producer gave its lines of a delivery to the carrier: loose ones to the buyer, a box's to who packs it.

    A repeat changes nothing. Raises LineStopped, NotToSend, NotPaidYet.
    """
    _need(order, State.PLACED, State.SENT)
    if order.is_owed:
        raise NotPaidYet
    mine = lines_of(user).filter(order=order)
    if stopped := [line for line in check_stops([order]) if mine.filter(pk=line.pk).exists()]:
        raise LineStopped(names=", ".join(line.name for line in stopped))
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        _need(locked, State.PLACED, State.SENT)
        OrderLine.objects.filter(pk__in=list(mine.values_list("pk", flat=True)), sent_at=None).update(
            sent_at=clock.now()
        )
        note_sent(locked, user)


def mark_delivered(order: Order, user: User) -> None:
    """The producer's loose lines arrived and their cash was taken; with the last sender's, Saleor's order is paid and
    done.

    A repeat changes nothing. Raises NotToSend.
    """
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        _need(locked, State.SENT, State.HANDING_OVER, State.HANDED_OVER)
        mine = list(lines_of(user).filter(order=order, box=None).values_list("pk", flat=True))
        OrderLine.objects.filter(pk__in=mine, delivered_at=None).update(delivered_at=clock.now())
        note_delivered(locked, user)
    tell_delivered(order)


def _need(order: Order, *states: State) -> None:
    if order.method != Method.DELIVERY or order.state not in states:
        raise NotToSend(state=State(order.state).label)
