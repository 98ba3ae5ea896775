"""Mirroring Saleor's variants into the read model. Only its own answers come in here, never a webhook's numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from catalog.combos.models import Packaging
from catalog.offers.models import Offer
from catalog.outbox.services import emit
from catalog.products.models import Product
from catalog.salepoints.models import Warehouse


@dataclass(frozen=True, slots=True)
class StockState:
    """Stock in one warehouse: pieces on hand, and how many of them are promised to open orders."""

    warehouse: str  # externalReference
    quantity: int
    reserved: int


@dataclass(frozen=True, slots=True)
class VariantState:
    """A variant as Saleor tells it. `price` is whole đồng or None without a listing in our channel; `weight` grams."""

    external_reference: str
    name: str
    price: int | None
    weight: int
    stocks: tuple[StockState, ...]


def read_reference(external_reference: str) -> tuple[str, int] | None:
    """`<code>-<number>` taken apart; None for a variant that is not ours."""
    code, _, number = external_reference.rpartition("-")
    return (code, int(number)) if len(code) == 7 and number.isdecimal() and len(number) < 5 else None


def mirror(state: VariantState, asked_at: datetime) -> Offer | None:
    """Write one variant's state; an answer asked for before the one we hold is dropped.

    Returns the offer, or None when the variant is not of a product of ours.
    """
    return mirror_and_tell(state, asked_at)[0]


@transaction.atomic
def mirror_and_tell(state: VariantState, asked_at: datetime) -> tuple[Offer | None, bool]:
    """`mirror`, and whether our copy changed by it.

    The product's row is locked first, so that its summary (`price_from`, `in_stock`) always agrees with its offers.
    """
    reference = read_reference(state.external_reference)
    product = Product.objects.select_for_update().filter(code=reference[0]).first() if reference else None
    if reference is None or product is None:
        return None, False
    offer = Offer.objects.filter(product=product, number=reference[1]).first()
    if offer and offer.read_at and offer.read_at > asked_at:
        return offer, False
    offer = offer or Offer(product=product, number=reference[1])
    before = _picture(offer)
    offer.name, offer.weight, offer.read_at = state.name, state.weight, asked_at
    offer.price = state.price if state.price is not None else (offer.price or 0)
    offer.is_active = state.price is not None
    offer.save()
    write_stocks(offer, state.stocks)
    changed = _picture(offer) != before
    if changed:
        summarise(product)
        emit("index", [product.code])
    return offer, changed


def mirror_gone(external_reference: str, asked_at: datetime) -> None:
    """Saleor no longer has this variant: it is not for sale, and is kept for the orders that name it.

    As in `mirror`, an answer asked for before the one we hold is dropped.
    """
    reference = read_reference(external_reference)
    if reference is None:
        return
    with transaction.atomic():
        product = Product.objects.select_for_update().filter(code=reference[0]).first()
        offer = Offer.objects.filter(product=product, number=reference[1]).first() if product else None
        if product is None or offer is None or (offer.read_at and offer.read_at > asked_at):
            return
        was_active, offer.is_active, offer.read_at = offer.is_active, False, asked_at
        offer.save(update_fields=["is_active", "read_at"])
        if was_active:
            summarise(product)
            emit("index", [product.code])


def summarise(product: Product) -> None:
    """Write `price_from` (the cheapest active offer, in đồng) and `in_stock` of a product whose row is locked."""
    offers = list(Offer.objects.filter(product=product, is_active=True).prefetch_related("stocks"))
    product.price_from = min((offer.price for offer in offers), default=None)
    product.in_stock = any(stock.available for offer in offers for stock in offer.stocks.all())
    product.save(update_fields=["price_from", "in_stock", "updated_at"])


def write_stocks(owner: Offer | Packaging, stocks: Iterable[StockState]) -> None:
    """What lies in the warehouses that we know; it lies in no other."""
    told = {stock.warehouse: stock for stock in stocks}
    known = dict(Warehouse.objects.filter(external_reference__in=told).values_list("pk", "external_reference"))
    owner.stocks.exclude(warehouse__in=known).delete()
    for pk, reference in known.items():
        stock = told[reference]
        owner.stocks.update_or_create(
            warehouse_id=pk, defaults={"quantity": max(0, stock.quantity), "reserved": stock.reserved}
        )


def numbers_of(owner: Offer | Packaging) -> tuple[object, ...]:
    """Its stock, to be compared."""
    return tuple(owner.stocks.order_by("warehouse_id").values_list("warehouse_id", "quantity", "reserved"))


def _picture(offer: Offer) -> tuple[object, ...]:
    numbers = numbers_of(offer) if offer.pk else ()
    return (offer.pk, offer.name, offer.price, offer.weight, offer.is_active, numbers)
