"""Combos read many at once, for lists: those that cannot be had for certain are left out early, and of the others all
that `offering` asks is read; in seven questions whose SQL is written once.

The sieve leaves out a combo for what is certain (not approved, a part or the box that is not there or may not be sold,
with nothing to stand in), and never one that can be had; what it lets through is still asked (`offering`).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from catalog import clock
from catalog.certificates.gate import listable
from catalog.combos.models import Boxes, Combo, ComboAgreement, ComboPart, Packaging, PackagingStock
from catalog.offers.models import Offer, OfferStock, Pieces
from catalog.prepared import Prepared, PreparedRows, Slot
from catalog.products.models import ADULT_ONLY, Restriction

APPROVED: Final = Q(approved_terms=F("terms"), withdrawn_at=None)
_NEVER: Final = (*ADULT_ONLY, Restriction.SERVICE, Restriction.LIVE)  # in a box, as `offering` and `selling` have it
_TODAY: Final = Slot(0)
Asked = TypeVar("Asked")


def passing(numbers: Sequence[int]) -> list[Combo]:
    """The combos of these primary keys that may be had today, in this order: all but those that cannot for certain.

    Three questions. They have their packaging with its boxes, and its point.
    """
    if not numbers:
        return []
    known = {one.pk: one for one in _COMBOS(numbers)}
    combos = [known[number] for number in numbers if number in known]
    boxes = _by_first(_BOXES({combo.packaging_id for combo in combos})) if combos else {}
    for combo in combos:
        combo.packaging.boxes = Boxes.of(combo.packaging.sale_point_id, boxes.get(combo.packaging_id, ()))
    packed = [combo for combo in combos if _is_packed(combo.packaging)]
    today = connection.ops.adapt_datefield_value(clock.today())
    parts: dict[int, list[tuple[int, int]]] = {combo.pk: [] for combo in packed}
    for pk, quantity, can in _CAN(parts, today) if packed else ():
        parts[pk].append((quantity, can))
    return [combo for combo in packed if _is_filled(combo, parts[combo.pk])]


def _is_packed(packaging: Packaging) -> bool:
    return bool(packaging.boxes.store or (packaging.boxes.shelf and packaging.sale_point.is_open))


def _is_filled(combo: Combo, parts: Sequence[tuple[int, int]]) -> bool:
    """Of (pieces, 1 where there are some that may be sold, else 0)."""
    if combo.choose is None:
        return all(can for _quantity, can in parts)
    return sum(quantity * can for quantity, can in parts) >= combo.choose


def read_parts(combos: Sequence[Combo]) -> None:
    """All else that a box asks (parts, offers with products and their producers, stock, agreements): four questions."""
    if not combos:
        return
    numbers = [combo.pk for combo in combos]
    rows = _PARTS(numbers)
    offers = _offers({pk for row in rows for pk in (row.offer_id, row.substitute_id) if pk})
    contents: dict[int, list[ComboPart]] = {pk: [] for pk in numbers}
    for row in rows:
        row.offer = offers[row.offer_id]
        if row.substitute_id:
            row.substitute = offers[row.substitute_id]
        contents[row.combo_id].append(row)
    agreed: dict[int, dict[int, Any]] = {pk: {} for pk in numbers}
    for pk, producer, parts in _AGREEMENTS(numbers):
        agreed[pk][producer] = parts
    for combo in combos:
        combo.contents, combo.agreed = contents[combo.pk], agreed[combo.pk]


def _offers(numbers: Collection[int]) -> dict[int, Offer]:
    if not numbers:
        return {}
    offers = {one.pk: one for one in _OFFERS(numbers)}
    stocks = _by_first(_STOCKS(numbers))
    for pk, offer in offers.items():
        offer.pieces = Pieces.of(stocks.get(pk, ()))
    return offers


def _by_first(rows: Iterable[tuple[int, int, int, int | None, int | None]]) -> dict[int, list[Any]]:
    """{owner: [(free, one place, another)]} of (owner, quantity, reserved, one place, another)."""
    found: dict[int, list[Any]] = {}
    for owner, quantity, reserved, first, second in rows:
        found.setdefault(owner, []).append((max(0, quantity - reserved), first, second))
    return found


class _Of(Generic[Asked]):
    """A prepared query of what belongs to some keys; their number is rounded up, so that few queries are written."""

    def __init__(self, make: Callable[[list[Any]], Callable[..., list[Asked]]], before: int = 0) -> None:
        self._of = lru_cache(maxsize=None)(lambda count: make([Slot(before + n) for n in range(count)]))

    def __call__(self, keys: Collection[int], *before: Any) -> list[Asked]:
        """All rows of these keys (one at least); `before`: values of the slots before them."""
        known = list(keys)
        count = 1 << max(3, (len(known) - 1).bit_length())
        return self._of(count)(*before, *known, *[known[-1]] * (count - len(known)))


def _can(way: str) -> Q:
    """Of parts: may a piece of its offer, or of its substitute, be sold today, and is there one?"""
    product = f"{way}__product__"
    places = Q(warehouse__producer__isnull=False) | Q(warehouse__sale_point=OuterRef("combo__packaging__sale_point"))
    there = Exists(OfferStock.objects.filter(places, offer=OuterRef(way), quantity__gt=F("reserved")))
    return (
        listable(_TODAY, product)  # type: ignore[arg-type]
        & ~Q(**{f"{product}restriction__in": _NEVER})
        & Q(**{f"{way}__is_active": True})
        & Q(there)
    )


def _told(keys: list[Any]) -> QuerySet[ComboPart, tuple[int, int, int]]:
    """(combo, pieces, can any be had?) of each part; the day is in slot 0."""
    can = Case(When(_can("offer") | _can("substitute"), then=Value(1)), default=Value(0))
    parts = ComboPart.objects.filter(combo__pk__in=keys).order_by().annotate(can=can)
    return parts.values_list("combo", "quantity", "can")


def _combos(keys: list[Any]) -> QuerySet[Combo]:
    return Combo.objects.filter(APPROVED, packaging__is_active=True, pk__in=keys)


_COMBOS: Final = _Of(lambda keys: Prepared(lambda: _combos(keys), "packaging", "packaging__sale_point"))
_CAN: Final = _Of(lambda keys: PreparedRows(lambda: _told(keys)), before=1)
_PARTS: Final = _Of(
    lambda keys: Prepared(lambda: ComboPart.objects.filter(combo__pk__in=keys).order_by("position", "pk"))
)
_OFFERS: Final = _Of(lambda keys: Prepared(lambda: Offer.objects.filter(pk__in=keys), "product", "product__producer"))
_STOCKS: Final = _Of(
    lambda keys: PreparedRows(
        lambda: OfferStock.objects.filter(offer__pk__in=keys).values_list(
            "offer", "quantity", "reserved", "warehouse__producer", "warehouse__sale_point"
        )
    )
)
_BOXES: Final = _Of(
    lambda keys: PreparedRows(
        lambda: PackagingStock.objects.filter(packaging__pk__in=keys).values_list(
            "packaging", "quantity", "reserved", "warehouse__packing_point", "warehouse__sale_point"
        )
    )
)
_AGREEMENTS: Final = _Of(
    lambda keys: PreparedRows(
        lambda: ComboAgreement.objects.filter(combo__pk__in=keys, terms=F("combo__terms")).values_list(
            "combo", "producer", "parts"
        )
    )
)
