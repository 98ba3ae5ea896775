"""A list by filters from the database, for the time in which no engine answers: of the words, only places count."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.db.models.lookups import IsNull

from catalog.certificates.services import shown
from catalog.search import codes
from catalog.search.engine import Filters, Found, Request
from catalog.search.synonyms import Clause

_FOR_SALE: Final = IsNull(F("price_from"), True).asc()
_ORDERS: Final[dict[str, tuple[OrderBy, ...]]] = {
    "price": (F("price_from").asc(nulls_last=True),),
    "-price": (F("price_from").desc(nulls_last=True),),
    "star": (_FOR_SALE, F("star").desc()),
    "name": (_FOR_SALE, F("slug").asc()),  # the name without its accents, as in the index
    "newest": (_FOR_SALE, F("listable_from").desc()),
    "relevance": (_FOR_SALE, F("in_stock").desc(), F("star").desc(), F("listable_from").desc()),
}


def search(request: Request) -> Found:
    """What the filters leave, in the order asked for; without counts of facets."""
    products = shown(date.fromordinal(request.today), adult=request.adult).filter(
        _narrowing(request.filters), *map(_of_place, request.clauses)
    )
    ordered = products.order_by(*_ORDERS.get(request.sort, _ORDERS["relevance"]), "pk")
    page = ordered.values_list("pk", flat=True)[request.offset : request.offset + request.limit]
    return Found(products.count(), list(page), {})


def _narrowing(asked: Filters) -> Q:
    """The conditions that `questions.filters` makes, in SQL."""
    regions, kinds = dict(enumerate(codes.REGION_SLUGS, 1)), dict(enumerate(codes.KINDS, 1))
    narrowing = _any("province_code", _places(asked.provinces)) | _any(
        "old_province_code", _places(asked.old_provinces)
    )
    named = (
        _any("province_code", _places(asked.named_provinces))
        | _any("old_province_code", _places(asked.named_old_provinces))
        | _any("region", [regions.get(number) for number in asked.named_regions])
    )
    narrowing &= named & _any("commune_code", _communes(asked.communes))
    narrowing &= _any("region", [regions.get(number) for number in asked.regions])
    narrowing &= _any("star", asked.stars) & _any("branch", asked.branches)
    narrowing &= _any("producer__kind", [kinds.get(number) for number in asked.producer_kinds])
    if asked.price_min is not None or asked.price_max is not None:
        narrowing &= Q(price_from__gte=asked.price_min or 0)
    if asked.price_max is not None:
        narrowing &= Q(price_from__lte=asked.price_max)
    return narrowing & Q(in_stock=True) if asked.in_stock else narrowing


def _of_place(clause: Clause) -> Q:
    """What is of the place that words name, or bears them in its name or address as they were typed."""
    if not clause.communes:
        return Q()
    words = " ".join(token.raw for token in clause.words)
    return _any("commune_code", _communes(clause.communes)) | Q(name__icontains=words) | Q(address__icontains=words)


def _communes(numbers: Iterable[int]) -> list[str]:
    return [f"{number:05}" for number in numbers]


def _places(numbers: Iterable[int]) -> list[str]:
    return [f"{number:02}" for number in numbers]


def _any(field: str, values: Iterable[object]) -> Q:
    """One of the values; no value is no condition, and one that does not exist finds nothing."""
    asked = list(values)
    return Q(**{f"{field}__in": [value for value in asked if value is not None]}) if asked else Q()
