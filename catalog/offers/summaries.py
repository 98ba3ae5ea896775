"""`price_from` and `in_stock` of a product, against the offers that they sum up."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalog.offers.mirror import summarise
from catalog.offers.models import Offer, OfferStock
from catalog.outbox.services import emit
from catalog.products.models import Product


def mend_summaries() -> list[str]:
    """Sum up anew where the summary is not what the offers say; returns the codes of those products."""
    return [code for code in wrong_summaries().values_list("code", flat=True) if _mend(code)]


def wrong_summaries() -> QuerySet[Product]:
    """Products whose cheapest price or stock is not that of their active offers."""
    active = Offer.objects.filter(product=OuterRef("pk"), is_active=True)
    left = OfferStock.objects.filter(offer__product=OuterRef("pk"), offer__is_active=True, quantity__gt=F("reserved"))
    nothing = -1  # no price is that low; NULL would be equal to nothing
    told = Product.objects.annotate(
        cheapest=Coalesce(Subquery(active.order_by("price").values("price")[:1]), nothing),
        shown=Coalesce("price_from", nothing),
        stocked=Exists(left),
    )
    right = Q(shown=F("cheapest")) & (Q(stocked=True, in_stock=True) | Q(stocked=False, in_stock=False))
    return told.exclude(right).order_by("pk")


@transaction.atomic
def _mend(code: str) -> bool:
    """Looked at once more under the product's lock: a mirror may have been under way."""
    product = Product.objects.select_for_update().get(code=code)
    before = (product.price_from, product.in_stock)
    summarise(product)
    if (product.price_from, product.in_stock) == before:
        return False
    emit("index", [code])
    return True
