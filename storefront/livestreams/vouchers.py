"""What vouchers of sessions take off a basket; asked anew whenever it is seen, so that what is over is over."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Sum

from catalog import clock
from catalog.livestreams.vouchers.errors import TooManyGuesses, UnknownVoucher, VoucherForNothing
from catalog.livestreams.vouchers.models import LivestreamVoucher
from catalog.livestreams.vouchers.services import find_voucher, is_in_force, products_of
from catalog.quota.services import count, key_of, this_hour
from storefront.basket.models import Basket, BasketLine
from storefront.basket.reading import changed, locked
from storefront.livestreams import attribution
from storefront.livestreams.models import BasketVoucher, OrderOrigin
from storefront.orders.models import State

GUESSES = 50  # wrong codes an hour; right ones are as many as a network has buyers
MOST = 5  # vouchers of one basket; who enters a sixth gives up the first


@dataclass(frozen=True, slots=True)
class Reduction:
    """So many pieces of a line cost `price` đồng each instead of `was`."""

    voucher: LivestreamVoucher
    pieces: int
    price: int
    was: int

    @property
    def saved(self) -> int:
        """Đồng, of all pieces."""
        return self.pieces * (self.was - self.price)

    def snapshot(self) -> dict[str, Any]:
        """Where these pieces come from, as an attempt keeps it: the session whose voucher it is."""
        phase = attribution.phase(self.voucher.livestream, clock.now()) or attribution.Phase.AFTER
        return {"livestream": self.voucher.livestream_id, "phase": phase,
                "voucher": self.voucher.pk, "discount": self.was - self.price}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reductions:
    """By line; and vouchers that were entered and are over."""

    by_line: dict[int, Reduction] = field(default_factory=dict)
    over: tuple[LivestreamVoucher, ...] = ()


def try_code(basket: Basket, typed: str, network: str) -> LivestreamVoucher:
    """`enter` for a code that somebody typed, from a network address. Raises TooManyGuesses too."""
    hour, left = this_hour()
    key = key_of(network, hour, "storefront.livestreams.vouchers")
    if not count(key, hour, GUESSES - 1, by=0):
        raise TooManyGuesses(minutes=-(-left // 60))
    try:
        return enter(basket, typed)
    except UnknownVoucher:
        count(key, hour, GUESSES)
        raise


def enter(basket: Basket, typed: str) -> LivestreamVoucher:
    """The basket has this voucher; a repeat changes nothing. Its goods come from that session from now on.

    Raises UnknownVoucher, VoucherTooEarly, VoucherOver, VoucherForNothing.
    """
    voucher = find_voucher(typed, clock.now())
    with transaction.atomic():
        mine = locked(basket)
        lines = mine.lines.filter(offer__product__in=products_of(voucher.livestream)).select_related("offer")
        if not lines:
            raise VoucherForNothing(title=voucher.livestream.title)
        for line in lines:
            attribution.claim(line, voucher.livestream.code)
        _row, made = BasketVoucher.objects.get_or_create(basket=mine, voucher=voucher)
        if made:
            kept = mine.vouchers.order_by("-pk").values("pk")[:MOST]
            mine.vouchers.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
            changed(mine)
    return voucher


def reductions(basket: Basket, lines: Iterable[BasketLine]) -> Reductions:
    """What is taken off now. Two vouchers for one line do not add up: the higher one counts."""
    entered = [row.voucher for row in basket.vouchers.select_related("voucher__livestream__host")]
    now, by_line = clock.now(), dict[int, Reduction]()
    over = tuple(one for one in entered if not is_in_force(one, now))
    for voucher in sorted(entered, key=lambda one: -one.percent):
        if voucher not in over:
            _reduce(basket, voucher, lines, by_line)
    return Reductions(by_line, over)


def _reduce(
    basket: Basket, voucher: LivestreamVoucher, lines: Iterable[BasketLine], by_line: dict[int, Reduction]
) -> None:
    products, left = products_of(voucher.livestream), voucher.most - _used(basket, voucher)
    for line in lines:
        if left > 0 and line.pk not in by_line and line.offer.product_id in products:
            pieces, price = min(left, line.quantity), line.offer.price
            by_line[line.pk] = Reduction(voucher, pieces, voucher.reduced(price), price)
            left -= pieces


def _used(basket: Basket, voucher: LivestreamVoucher) -> int:
    """Pieces that this browser has ordered with it already."""
    rows = OrderOrigin.objects.filter(voucher=voucher, order_line__order__attempt__basket=basket)
    standing = rows.exclude(order_line__order__state__in=(State.CANCELLING, State.CANCELLED))
    return standing.aggregate(n=Sum("order_line__quantity"))["n"] or 0
