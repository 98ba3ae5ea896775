"""What every page shows of the basket."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from storefront.basket.cookie import basket_of


def basket_count(request: HttpRequest) -> dict[str, object]:
    """`basket_count`: loose pieces and boxes in this browser's basket; asks the database only where a page shows it."""
    return {"basket_count": SimpleLazyObject(lambda: _count(request))}


def _count(request: HttpRequest) -> int:
    basket = basket_of(request)
    if basket is None:
        return 0
    loose, boxes = basket.lines.values_list("pk", "quantity"), basket.boxes.values_list("pk", "quantity")
    return sum(quantity for _pk, quantity in loose.order_by().union(boxes.order_by(), all=True))
