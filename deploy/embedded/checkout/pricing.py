"""What a checkout costs, and how it can be delivered."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from deploy.embedded.checkout.models import Checkout, CheckoutLine
from deploy.embedded.core.money import Taxed, taxed
from deploy.embedded.products.models import ProductVariantChannelListing
from deploy.embedded.shipping.models import ShippingMethodChannelListing
from deploy.embedded.shipping.types import Offered
from deploy.embedded.taxes.services import rate_for
from deploy.embedded.warehouses.availability import COLLECTION
from deploy.embedded.warehouses.models import Stock, Warehouse

PRICES_HOLD = timedelta(hours=1)  # Saleor's CHECKOUT_PRICES_TTL


class Basket:
    """A checkout's lines with their prices, read once."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout = checkout
        self.currency = checkout.channel.currency_code
        self.lines = list(checkout.lines.select_related("variant__product__product_type"))
        listings = ProductVariantChannelListing.objects.filter(
            channel=checkout.channel, variant__in=[line.variant_id for line in self.lines], price__isnull=False
        )
        self.listings = {listing.variant_id: listing for listing in listings}
        self.rate = rate_for(checkout.country)

    @property
    def needs_shipping(self) -> bool:
        """Whether any line is a thing."""
        return any(line.variant.product.product_type.is_shipping_required for line in self.lines)

    @property
    def quantity(self) -> int:
        """Pieces in all."""
        return sum(line.quantity for line in self.lines)

    @property
    def weight(self) -> float:
        """Kilograms in all."""
        return sum(line.quantity * (line.variant.weight or line.variant.product.weight or 0) for line in self.lines)

    @property
    def wanted(self) -> dict[int, int]:
        """Pieces by variant."""
        result: dict[int, int] = defaultdict(int)
        for line in self.lines:
            result[line.variant_id] += line.quantity
        return result

    def unit(self, line: CheckoutLine) -> Decimal:
        """The price of a piece: an app's own where it set one, else the channel's, as it was quoted within the hour.

        A variant that left the channel costs nothing and cannot be ordered.
        """
        if line.price_override is not None:
            return line.price_override
        if line.held_price is not None and timezone.now() < self.checkout.updated_at + PRICES_HOLD:
            return line.held_price
        listing = self.listings.get(line.variant_id)
        return listing.price if listing else Decimal(0)

    def hold_prices(self) -> None:
        """Quote the channel's prices anew."""
        for line in self.lines:
            listing = self.listings.get(line.variant_id)
            line.held_price = listing.price if listing else None
        CheckoutLine.objects.bulk_update(self.lines, ["held_price"])

    @property
    def subtotal(self) -> Decimal:
        """All lines."""
        return sum((self.unit(line) * line.quantity for line in self.lines), Decimal(0))

    @property
    def shipping(self) -> Decimal:
        """What the chosen method costs."""
        method = self.checkout.shipping_method
        if method is None or not self.needs_shipping:
            return Decimal(0)
        listing = method.channel_listings.filter(channel=self.checkout.channel).first()
        return listing.price if listing else Decimal(0)

    @property
    def total(self) -> Decimal:
        """Lines and shipping."""
        return self.subtotal + self.shipping

    def taxed(self, amount: Decimal) -> Taxed:
        """The amount with the tax in it shown."""
        return taxed(amount, self.currency, self.rate)

    def methods(self) -> list[Offered]:
        """Shipping methods for the address, the total and the weight; none while there is no address."""
        if not self.lines or not self.needs_shipping or self.checkout.shipping_address is None:
            return []
        subtotal, weight = self.subtotal, self.weight
        listings = ShippingMethodChannelListing.objects.filter(
            channel=self.checkout.channel, shipping_method__shipping_zone__channels=self.checkout.channel
        ).select_related("shipping_method__shipping_zone")
        return [
            Offered(listing.shipping_method, listing.price, self.currency)
            for listing in listings.order_by("price", "shipping_method")
            if self.checkout.country in listing.shipping_method.shipping_zone.countries
            and _within(subtotal, listing.minimum_order_price, listing.maximum_order_price)
            and _within(
                weight, listing.shipping_method.minimum_order_weight, listing.shipping_method.maximum_order_weight
            )
        ]

    def collection_points(self, *, counted: bool = True) -> list[Warehouse]:
        """LOCAL ones that hold every line in full; ALL ones when some one place, or the channel together, does.

        Not `counted`, a place has to keep the goods at all, with or without a piece: so Saleor judges a choice, and
        counts only when the order is made.
        """
        if not self.lines or not self.needs_shipping:
            return []
        points: QuerySet[Warehouse] = Warehouse.objects.filter(
            channels=self.checkout.channel, click_and_collect_option__in=COLLECTION
        ).select_related("address")
        here: dict[object, dict[int, int]] = defaultdict(dict)
        together: dict[int, int] = defaultdict(int)
        wanted = {line.variant_id: 0 for line in self.lines if not line.variant.track_inventory}
        wanted = {key: quantity if counted else 0 for key, quantity in self.wanted.items() if key not in wanted}
        for stock in Stock.objects.filter(variant__in=wanted, warehouse__channels=self.checkout.channel):
            here[stock.warehouse_id][stock.variant_id] = stock.available
            together[stock.variant_id] += stock.available
        enough = all(together.get(key, -1) >= quantity for key, quantity in wanted.items())
        full = {pk for pk, stock in here.items() if all(stock.get(key, -1) >= n for key, n in wanted.items())}
        return [
            point
            for point in points
            if (point.pk in full or not wanted if point.click_and_collect_option == "LOCAL" else enough)
        ]


def _within(value: Decimal | float, least: Decimal | float | None, most: Decimal | float | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)
