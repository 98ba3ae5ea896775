"""What every page shows of the basket."""

from django.db.models import Sum
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from storefront.basket.cookie import basket_of


def basket_count(request: HttpRequest) -> dict[str, object]:
    """`basket_count`: pieces in this browser's basket; asks the database only where a page shows it."""
    return {"basket_count": SimpleLazyObject(lambda: _count(request))}


def _count(request: HttpRequest) -> int:
    basket = basket_of(request)
    return (basket.lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0) if basket else 0
