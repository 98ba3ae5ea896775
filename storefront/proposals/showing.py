"""What pages tell of a combo's terms: what a box costs, what each producer gets, what is wrong."""

from dataclasses import dataclass

from django.utils.translation import get_language

from catalog.combos.pricing import Price
from catalog.combos.terms import Share, Terms, faults, shares, todays_price
from catalog.producers.models import Producer


@dataclass(frozen=True, slots=True)
class Picture:
    """The terms today. `price` is None for a combo to choose from; `faults` are sentences in the active language."""

    terms: Terms
    price: Price | None
    by_producer: tuple[tuple[Producer, tuple[Share, ...]], ...]
    faults: tuple[str, ...]


def picture(terms: Terms) -> Picture:
    """Producers in the order of their first part."""
    told: dict[int, list[Share]] = {}
    for share in shares(terms):
        told.setdefault(share.offer.product.producer_id, []).append(share)
    producers = terms.producers
    return Picture(
        terms,
        todays_price(terms),
        tuple((producers[key], tuple(rows)) for key, rows in told.items()),
        tuple(fault.message(get_language() or "vi") for fault in faults(terms)),
    )
