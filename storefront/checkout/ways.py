"""How a basket can be received: sent by the producers, or collected where every line is on the shelf."""

from dataclasses import dataclass

from catalog.combos.models import Packaging
from catalog.offers.models import Offer
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
    """How it is sent: the nearer rate when every seller, and who packs a box, is in the buyer's province."""
    senders = {line.product.producer.province_code for line in view.lines}
    senders |= {box.box.packaging.sale_point.province_code for box in view.boxes if box.box}
    return SHIPPING["noi-tinh" if senders <= {province_code} else "ngoai-tinh"]


def _no_delivery(view: BasketView) -> str:
    if any(line.product.restriction == Restriction.LIVE for line in view.lines):
        return "live"
    shelves = set(Warehouse.objects.filter(sale_point__isnull=False).values_list("pk", flat=True))
    free = _free(view)
    for reference, pieces in view.pieces.items():
        if sum(count for warehouse, count in free[reference].items() if warehouse not in shelves) < pieces:
            return "stock"
    return ""


def _points(view: BasketView) -> list[SalePoint]:
    """A box is collected where it is packed."""
    free, fitting = _free(view), None
    for reference, pieces in view.pieces.items():
        enough = {warehouse for warehouse, count in free[reference].items() if count >= pieces}
        fitting = enough if fitting is None else fitting & enough
    points = SalePoint.objects.filter(is_open=True, warehouse__in=fitting or ())
    for box in view.boxes:
        points = points.filter(packagings=box.row.packaging_id)
    return list(points.select_related("warehouse").order_by("province_code", "name"))


def _free(view: BasketView) -> dict[str, dict[int, int]]:
    """{offer or packaging reference: {warehouse: pieces that can be promised}}."""
    offers = [line.offer for line in view.lines]
    offers += [part.offer for box in view.boxes if box.box for part in box.box.parts]
    stocked: list[Offer | Packaging] = [*offers, *(box.box.packaging for box in view.boxes if box.box)]
    return {
        one.external_reference: {stock.warehouse_id: stock.available for stock in one.stocks.all()} for one in stocked
    }
