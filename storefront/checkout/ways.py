"""How a basket can be received: sent by the producers, or collected where every line is on the shelf."""

from dataclasses import dataclass

from catalog.products.models import Restriction
from catalog.saleor.setup import SHIPPING
from catalog.saleor.setup.selling import ShippingRate
from catalog.salepoints.models import SalePoint, Warehouse
from storefront.basket.services import BasketView


@dataclass(frozen=True, slots=True)
class Ways:
    """`no_delivery` is why nothing can be sent (live, stock), or empty; `points` have every line in full."""

    no_delivery: str
    points: tuple[SalePoint, ...]

    def point(self, slug: str) -> SalePoint | None:
        """The point of this slug, if the basket can be collected there."""
        return next((point for point in self.points if point.slug == slug), None)


def ways_for(view: BasketView) -> Ways:
    """What is possible for this basket by our read model; Saleor has the last word when the order is made."""
    return Ways(_no_delivery(view), tuple(_points(view)))


def rate(view: BasketView, province_code: str) -> ShippingRate:
    """How it is sent: the nearer rate when every seller is in the buyer's province."""
    near = all(line.product.producer.province_code == province_code for line in view.lines)
    return SHIPPING["noi-tinh" if near else "ngoai-tinh"]


def _no_delivery(view: BasketView) -> str:
    if any(line.product.restriction == Restriction.LIVE for line in view.lines):
        return "live"
    shelves = dict(Warehouse.objects.filter(producer__isnull=False).values_list("pk", "producer"))
    for line in view.lines:
        stocks = line.offer.stocks.all()
        if sum(stock.available for stock in stocks if stock.warehouse_id in shelves) < line.quantity:
            return "stock"
    return ""


def _points(view: BasketView) -> list[SalePoint]:
    fitting: set[int] | None = None
    for line in view.lines:
        enough = {stock.warehouse_id for stock in line.offer.stocks.all() if stock.available >= line.quantity}
        fitting = enough if fitting is None else fitting & enough
    points = SalePoint.objects.filter(is_open=True, warehouse__in=fitting or ())
    return list(points.select_related("warehouse").order_by("province_code", "name"))
