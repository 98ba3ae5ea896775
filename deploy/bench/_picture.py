"""What a day left behind, here and in Saleor, in plain values: goods by letters and buyers by numbers.

Two days can be compared although their codes, ids and addresses differ. Django must be set up.
"""

from datetime import datetime
from typing import Any

from catalog.offers.models import Offer
from catalog.outbox.models import OutboxRow
from catalog.products.models import Product
from catalog.saleor.client import client
from catalog.saleor.generated.fragments import OrderFields, VariantFields
from catalog.saleor.generated.input_types import DateTimeRangeInput, OrderFilterInput
from catalog.saleor.models import InboxMessage
from catalog.salepoints.models import Warehouse
from ocop_sync.publish import sending
from ocop_sync.publish.models import Publication
from ocop_sync.publish.payload import content, content_hash, expected, held
from storefront.basket.models import Basket
from storefront.checkout.models import AttemptState, CheckoutAttempt
from storefront.orders.models import Order

FREE = "6"  # this buyer's goods may come in one order or in two: only their sum counts


def email(buyer: str, run: str) -> str:
    """A buyer's address; `run` is this day's own."""
    return f"b{buyer}-{run}@example.com"


class Picture:
    """Takes the picture of the day `run`, which began at `started`."""

    def __init__(self, run: str, started: datetime, goods: dict[str, Product], buyers: dict[str, Basket]) -> None:
        self.run, self.goods, self.buyers = run, goods, buyers
        self.told = self._orders_told(started)

    def take(self) -> dict[str, Any]:
        """Everything."""
        codes = [product.code for product in self.goods.values()]
        return {
            "products": {name: self._product(product) for name, product in self.goods.items()},
            "orders": self._orders(),
            "orders in saleor": self._orders_in_saleor(),
            "buyers": {name: self._buyer(name) for name in sorted(self.buyers)},
            "left undone": [
                *OutboxRow.objects.filter(topic="publish", key__in=codes).values_list("key", "last_error"),
                *InboxMessage.objects.filter(done_at=None).values_list("event", "last_error"),
                *CheckoutAttempt.objects.filter(state=AttemptState.COMPLETING).values_list("pk", "revision"),
            ],
        }

    def _product(self, product: Product) -> dict[str, Any]:
        product.refresh_from_db()
        api, facts = client(), content(product)
        found = sending.find(api, product.code)
        note = Publication.objects.get(code=product.code)
        variant = api.variant(external_reference=f"{product.code}-1").product_variant
        offer = Offer.objects.filter(product=product, number=1).first()
        return {
            "on the shelf": found is not None and sending.is_published(found),
            "as told": found is not None and held(found) == expected(facts),
            # What is off the shelf is told anew when it comes back, where we do not know what Saleor holds of it.
            "noted": (note.is_published, not note.is_published or note.content_hash == content_hash(facts)),
            **_variant(variant),
            "price here": offer.price if offer else None,
            "stock here": sorted(
                (_where(stock.warehouse.external_reference), stock.quantity, stock.reserved)
                for stock in (offer.stocks.select_related("warehouse") if offer else ())
            ),
        }

    def _orders(self) -> list[Any]:
        lines = {
            order: sorted((self._name(one.product.code), one.quantity) for one in order.lines.select_related("product"))
            for order in Order.objects.exclude(email=email(FREE, self.run))
        }
        return sorted(
            (self._buyer_of(order.email), order.state, order.is_paid, order.total, bought)
            for order, bought in lines.items()
        )

    def _orders_in_saleor(self) -> list[Any]:
        return sorted(
            (self._buyer_of(order.user_email), order.status.value, order.is_paid, round(order.total.gross.amount),
             sorted((self._name(line.product_sku or ""), line.quantity) for line in order.lines))
            for order in self.told if self._buyer_of(order.user_email) != FREE
        )  # fmt: skip

    def _buyer(self, name: str) -> dict[str, Any]:
        bought: dict[str, int] = {}
        for order in self.told:
            if self._buyer_of(order.user_email) == name:
                for line in order.lines:
                    label = self._name(line.product_sku or "")
                    bought[label] = bought.get(label, 0) + line.quantity
        left = self.buyers[name].lines.select_related("offer__product")
        return {"basket": sorted((self._name(one.offer.product.code), one.quantity) for one in left), "bought": bought}

    def _orders_told(self, started: datetime) -> list[OrderFields]:
        api, found, after = client(), [], None
        since = OrderFilterInput(updatedAt=DateTimeRangeInput(gte=started))
        while page := api.orders(first=100, after=after, filter_=since).orders:
            found += [edge.node for edge in page.edges if self._buyer_of(edge.node.user_email)]
            if not page.page_info.has_next_page:
                break
            after = page.page_info.end_cursor
        return found

    def _name(self, reference: str) -> str:
        return next((name for name, product in self.goods.items() if reference.startswith(product.code)), "?")

    def _buyer_of(self, address: str | None) -> str:
        return address[1:].partition("-")[0] if address and self.run in address else ""


def _variant(variant: VariantFields | None) -> dict[str, Any]:
    if variant is None:
        return {"price": None, "stock": []}
    stocks = variant.stocks or ()
    return {
        "price": [round(one.price.amount) for one in variant.channel_listings or () if one.price],
        "stock": sorted((_where(s.warehouse.external_reference), s.quantity, s.quantity_allocated) for s in stocks),
    }


def _where(reference: str | None) -> str:
    here = Warehouse.objects.filter(external_reference=reference or "").first()
    return "unknown" if here is None else "point" if here.sale_point_id else "store"
