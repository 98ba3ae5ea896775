"""One day of a small shop, played over a line that may be disturbed, and a picture of what is left on both sides.

Whoever wants something presses again until it is done, as people do; in the end the line is calm, what is due is made
due, and everything that reconciles runs. The picture names goods and buyers by letters and numbers, so that two days
can be compared. Django must be set up.
"""

import random
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import F
from django.test import Client

from catalog import breaker, clock
from catalog.offers.bulk import WantedOffer, put_offers
from catalog.offers.models import Offer, OfferStock
from catalog.offers.services import put_offer, reconcile_offers, set_price, set_stock
from catalog.outbox.models import OutboxRow
from catalog.outbox.services import emit
from catalog.people.models import SalePointStaff, User
from catalog.producers.models import Producer
from catalog.products.models import Product
from catalog.saleor import client as client_module
from catalog.saleor import line as line_module
from catalog.saleor import patience
from catalog.saleor.client import NO_ANSWER
from catalog.saleor.models import InboxMessage
from catalog.saleor.patience import visit
from catalog.saleor.webhooks.inbox import process_inbox
from catalog.salepoints.models import SalePoint
from catalog.salepoints.services import ensure_producer_warehouse, ensure_sale_point_warehouse
from deploy.bench._catalogue import fill
from deploy.bench._disturbance import Deliveries, Delivery, Line
from deploy.bench._picture import Picture, email
from ocop_sync.publish import run
from ocop_sync.publish.models import Publication
from ocop_sync.publish.services import PublisherBusy, publish_due
from storefront.basket.models import Basket
from storefront.basket.services import add, see
from storefront.checkout.errors import LinesRefused, OrderingPaused, OrderInProgress
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.checkout.services import place_order
from storefront.desk.services import hand_over, mark_picked
from storefront.orders.models import Method, Order
from storefront.orders.pickup import pickup_code
from storefront.orders.reconciling import reconcile
from storefront.orders.services import cancel
from storefront.orders.unfinished import finish_all

AGAIN = (*NO_ANSWER, OrderingPaused, OrderInProgress, PublisherBusy)
PRESSES = 4  # over the bad line, before the line gets calm for once
GOODS = "ABCDEF"
WEBHOOKS = ("", "repeated", "reordered", "dropped", "mixed")
Done = TypeVar("Done")


_LIMITS = {  # what makes a slow answer a fault, by module and name: as the shop has it
    (module, name): getattr(module, name)
    for module, name in (
        (client_module, "SECONDS"), (client_module, "BULK_SECONDS"), (client_module, "PROBE_SECONDS"),
        (patience, "BUDGET"),
    )
}  # fmt: skip


def hurry(seconds: float) -> list[tuple[Any, str, Any]]:
    """(module, name, value) of the pauses of a short day, in which a request may take `seconds`.

    With them the limits, unchanged, for who puts everything back afterwards: a day changes them as it goes.
    """
    return [
        *((module, name, value) for (module, name), value in _LIMITS.items()),
        (client_module, "PAUSES", (seconds / 10, seconds / 3)),
        (breaker, "FIRST_WAIT", seconds / 10),
        (breaker, "LONGEST_WAIT", seconds),
        (line_module, "LONGEST_RETRY_AFTER", seconds / 2),
        (run, "PAUSES", (seconds / 10, seconds / 3, seconds)),
    ]


class Day:
    """A day: `play` it, then `recover`, then look at the `picture`.

    `wanted` and `refused` count presses of the button, `made` holds the orders that the buyers were told of.
    """

    def __init__(
        self, line: Line, hooks: Deliveries, chance: random.Random, seconds: float, kind: str, webhooks: str
    ) -> None:
        self.line, self.hooks, self.chance, self.seconds = line, hooks, chance, seconds
        self.kind, self.webhooks = kind, webhooks
        self.started = clock.now() - timedelta(minutes=1)
        self.made: set[int] = set()
        self.run = secrets.token_hex(5)
        self.buyers: dict[str, Basket] = {}
        self.wanted = self.refused = 0
        self._held_back: list[Delivery] = []

    def play(self) -> None:
        """Publish, price, sell, cancel, hand over; things change meanwhile."""
        self._stock_the_shelves()
        self.line.kind = self.kind
        self._limit(quick=bool(self.kind))
        self._publish()
        self._offer()
        self._hand_on_webhooks()
        self._sell()
        self._hand_on_webhooks()
        self._work()
        self._hand_on_webhooks()

    def recover(self) -> None:
        """The line is calm again, and time goes by: nobody but the shop's own background work does anything.

        Not even the hourly search for drift: what is written ahead must do.
        """
        self.line.kind = ""
        self._limit(quick=False)
        self.line.drain()
        self._hand_on_webhooks(last=True)
        for _ in range(3):
            self._make_due()
            while OutboxRow.objects.filter(topic="publish", available_at__lte=clock.now()).exists():
                self._insist(publish_due)
            self._insist(process_inbox)
            self._insist(reconcile_offers)
            self._insist(lambda: reconcile(self.started))
            self._insist(finish_all)
        self._insist(reconcile_offers)

    def picture(self) -> dict[str, Any]:
        """What is left."""
        return Picture(self.run, self.started, self.goods, self.buyers).take()

    # The day.

    def _stock_the_shelves(self) -> None:
        fill(len(GOODS))
        Product.objects.update(restriction="", province_code="68")
        Producer.objects.update(province_code="68")
        self.goods = dict(zip(GOODS, Product.objects.select_related("producer").order_by("pk"), strict=True))
        self.point = SalePoint.objects.create(
            slug=f"diem-{self.run}", name="Điểm OCOP", address="1 Lê Đại Hành", province_code="68"
        )
        self.staff = User.objects.create(username=f"diem-{self.run}")
        SalePointStaff.objects.create(user=self.staff, sale_point=self.point)

    def _publish(self) -> None:
        self._announce(*GOODS)
        self._insist(publish_due)
        Product.objects.filter(pk=self.goods["A"].pk).update(name="Tên đã đổi")
        Product.objects.filter(pk=self.goods["B"].pk).update(blocked="revoked")
        self._announce("A", "B")
        self._insist(publish_due)

    def _announce(self, *names: str) -> None:
        emit("publish", [self.goods[name].code for name in names])

    def _offer(self) -> None:
        self._make_due()
        self._insist(self._until_published)
        shelf = self._insist(lambda: ensure_sale_point_warehouse(self.point))
        wanted = []
        for number, name in enumerate("ACDE"):
            store = self._insist(lambda n=name: ensure_producer_warehouse(self.goods[n].producer))
            price = 100_000 + 10_000 * number
            wanted.append(
                WantedOffer(self.goods[name], 1, name="Gói", price=price, weight=500, stocks={store: 9, shelf: 5})
            )
        self._insist(lambda: put_offers(wanted))
        store = self._insist(lambda: ensure_producer_warehouse(self.goods["F"].producer))
        self._insist(lambda: put_offer(self.goods["F"], 1, name="Gói", price=70_000, weight=300, stocks={store: 1}))
        self._insist(lambda: set_price(self._offer_of("C"), 123_000))
        self._insist(lambda: set_stock(self._offer_of("D"), shelf, 4))

    def _until_published(self) -> None:
        """A seller can offer what has reached Saleor; who comes too early comes again."""
        self._make_due()
        publish_due()
        sent = Publication.objects.exclude(saleor_id="").values_list("code", flat=True)
        missing = {self.goods[name].code for name in "ACDEF"} - set(sent)
        if missing:
            raise OrderInProgress

    def _sell(self) -> None:
        self._insist(lambda: self._buy("1", {"A": 2}))
        self._insist(lambda: self._buy("2", {"C": 1, "D": 1}, pickup=True))
        self._insist(lambda: self._buy("3", {"D": 2, "E": 1}))
        self._insist(lambda: self._buy("4", {"F": 1}))
        self._fill_basket("5", {"F": 1}, stale=True)
        self._insist(lambda: self._buy("5", {}))  # the last piece is gone
        self._once(lambda: self._buy("6", {"E": 1}))
        self._fill_basket("6", {"C": 1})  # the basket changes although nobody knows what became of the order
        for _ in range(3):  # the first press may find the order made before, the next orders the rest
            self._insist(lambda: self._buy("6", {}))
        self._insist(lambda: self._buy("7", {"A": 1}, pickup=True))

    def _work(self) -> None:
        for name in "27":
            order = self._order_of(name)
            mark_picked(order, self.staff)
            hand_over(order, self.staff, pickup_code(order))
        cancel(self._order_of("3"))
        self._insist(lambda: set_price(self._offer_of("E"), 99_000))
        Product.objects.filter(pk=self.goods["C"].pk).update(blocked="suspended")
        self._announce("C")
        self._once(publish_due)

    def _buy(self, name: str, goods: dict[str, int], *, pickup: bool = False) -> None:
        """Press the button once; a refusal for want of goods ends the matter."""
        if goods and name not in self.buyers:
            self._fill_basket(name, goods)
        basket = self.buyers[name]
        basket.refresh_from_db()
        view = see(basket)
        if not view.lines:
            return
        self.wanted += 1
        try:
            with visit():
                order = place_order(
                    basket,
                    revision=basket.revision,
                    form=self._form(name, pickup=pickup),
                    agreed_total=view.subtotal + (0 if pickup else 20_000),
                )
        except LinesRefused:
            self.refused += 1
        else:
            self.made.add(order.pk)

    def _fill_basket(self, name: str, goods: dict[str, int], *, stale: bool = False) -> None:
        basket = self.buyers.get(name)
        if stale:  # this one's page has not heard that somebody was quicker
            OfferStock.objects.filter(offer__product__in=[self.goods[g] for g in goods]).update(
                reserved=0, quantity=F("quantity") + 1
            )
        for one, quantity in goods.items():
            basket = add(basket, self._offer_of(one).external_reference, quantity)
        assert basket
        self.buyers[name] = basket

    def _form(self, name: str, *, pickup: bool) -> dict[str, Any]:
        place = {"street": "12 Lê Lợi", "commune": "Phường Xuân Hương - Đà Lạt", "commune_code": "24787",
                 "province": "Lâm Đồng", "province_code": "68"}  # fmt: skip
        return {
            "name": f"Người mua {name}", "phone": "+84912345678", "email": email(name, self.run),
            "consent_version": "1", "consent_at": clock.now().isoformat(),
            "method": Method.PICKUP if pickup else Method.DELIVERY,
            "sale_point": self.point.pk if pickup else None, "address": {} if pickup else place,
        }  # fmt: skip

    def _order_of(self, name: str) -> Order:
        return Order.objects.get(email=email(name, self.run))

    def _offer_of(self, name: str) -> Offer:
        return Offer.objects.select_related("product__producer").get(product=self.goods[name], number=1)

    # The line and the people before it.

    def _insist(self, act: Callable[[], Done]) -> Done:
        """Press again and again; in the end over a calm line."""
        for _ in range(PRESSES):
            try:
                return act()
            except AGAIN:
                time.sleep(0.02)
        with self.line.calm():
            self._limit(quick=False)
            until = time.monotonic() + 120
            while True:
                try:
                    done = act()
                except AGAIN:
                    if time.monotonic() > until:
                        raise
                    time.sleep(0.1)
                else:
                    break
        self._limit(quick=bool(self.line.kind))
        return done

    def _limit(self, *, quick: bool) -> None:
        """A request may take `seconds` over the bad line, and as long as ever over a calm one."""
        share = self.seconds / _LIMITS[client_module, "SECONDS"] if quick else 1.0
        for (module, name), value in _LIMITS.items():
            setattr(module, name, value * share)

    def _once(self, act: Callable[[], object]) -> None:
        with suppress(*AGAIN):
            act()

    def _hand_on_webhooks(self, *, last: bool = False) -> None:
        """Through the shop's own door, disturbed as told; the last time whatever was held back comes too."""
        come = self._held_back + self.hooks.take(quiet=2 * self.seconds if self.webhooks else 0.05, most=15)
        self._held_back = []
        if self.webhooks in ("dropped", "mixed"):
            come = [one for one in come if self.chance.random() < 0.5]
        if self.webhooks in ("repeated", "mixed"):
            come += come
        if self.webhooks in ("reordered", "mixed"):
            self.chance.shuffle(come)
            if not last:
                self._held_back, come = come[::3], [one for n, one in enumerate(come) if n % 3]
        door = Client(SERVER_NAME="localhost")
        for headers, body in come:
            known = {"Saleor-Signature": headers.get("Saleor-Signature", ""), "Saleor-Api-Url": self.line.url}
            for _ in range(PRESSES):
                answer = door.post("/hooks/saleor/", body, content_type="application/json", headers=known)
                if answer.status_code < 500:
                    break
        self._once(process_inbox)

    def _make_due(self) -> None:
        past = clock.now() - timedelta(seconds=1)
        for rows in (OutboxRow.objects.all(), InboxMessage.objects.all()):
            rows.update(available_at=past, leased_until=None)
        old = clock.now() - timedelta(hours=3)
        CheckoutAttempt.objects.exclude(state=AttemptState.DONE).update(leased_until=None, updated_at=old)
        Publication.objects.update(updated_at=old)
