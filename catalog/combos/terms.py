"""What a combo's producers agree to and an officer approves, saved or not: what is wrong with it, what each gets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from catalog import clock
from catalog.certificates.services import is_listed
from catalog.combos.errors import (
    BadDiscount,
    DiscountOnHealth,
    FewOptions,
    NoPackaging,
    NoParts,
    PartAdult,
    PartLive,
    PartNotListed,
    PartService,
    PartWithdrawn,
    StandsInTwice,
    TooManyParts,
    TooManyPieces,
)
from catalog.combos.models import Combo, Kind, Packaging
from catalog.combos.pricing import MOST_PERCENT, Discount, Line, Part, Price, lines, lowest, price
from catalog.errors import ShopError
from catalog.offers.models import Offer
from catalog.producers.models import Producer
from catalog.products.models import Restriction

MOST_PARTS: Final = 20


@dataclass(frozen=True, slots=True)
class TermsPart:
    """Pieces of an offer; in a combo to choose from the most pieces of it."""

    offer: Offer
    quantity: int
    substitute: Offer | None = None

    @property
    def dearest(self) -> int:
        """What its pieces cost alone at most, in đồng: its own, or the substitute's."""
        return self.quantity * max(one.price for one in (self.offer, self.substitute) if one)


@dataclass(frozen=True, slots=True)
class Terms:
    """The parts with their substitutes, the discount, and the box."""

    kind: str
    choose: int | None
    discount: Discount
    packaging: Packaging | None
    parts: tuple[TermsPart, ...]

    @property
    def offers(self) -> dict[str, Offer]:
        """All that may be in a box, by reference."""
        found = [one for part in self.parts for one in (part.offer, part.substitute) if one]
        return {one.external_reference: one for one in found}

    @property
    def producers(self) -> dict[int, Producer]:
        """Those who have to agree, by primary key."""
        return {one.product.producer_id: one.product.producer for one in self.offers.values()}

    @property
    def pieces(self) -> int:
        """In one box."""
        return self.choose or 0 if self.kind == Kind.CHOOSE else sum(part.quantity for part in self.parts)


@dataclass(frozen=True, slots=True)
class Share:
    """What a piece of one offer gets, in đồng: `today` (from, to) with it in the box, and `lowest` at any time until
    its own price changes, or, in a combo of a fixed price, another's. `replaces`: it only stands in for these.
    """

    offer: Offer
    quantity: int
    today: tuple[int, int] | None
    lowest: int
    replaces: tuple[Offer, ...] = ()


def terms_of(combo: Combo) -> Terms:
    """Those of a combo that was read with its parts, their offers and products (`offering.combos`)."""
    parts = tuple(TermsPart(row.offer, row.quantity, row.substitute) for row in combo.contents)
    return Terms(combo.kind, combo.choose, combo.discount, combo.packaging, parts)


def faults(terms: Terms) -> Iterator[ShopError]:
    """Why a combo of these terms cannot be proposed today; nothing where it can."""
    if not terms.parts:
        yield NoParts()
        return
    if len(terms.parts) > MOST_PARTS:
        yield TooManyParts(most=MOST_PARTS)
    if terms.packaging is None or not terms.packaging.is_active or not terms.packaging.sale_point.is_open:
        yield NoPackaging()
    elif terms.pieces > terms.packaging.most_pieces:
        yield TooManyPieces(pieces=terms.pieces, most=terms.packaging.most_pieces)
    for offer in terms.offers.values():
        yield from faults_of(offer, terms.discount)
    if terms.kind == Kind.CHOOSE:
        if not 0 < (terms.choose or 0) < sum(part.quantity for part in terms.parts) or len(terms.parts) < 2:
            yield FewOptions(choose=terms.choose or 0)
        named = [one for part in terms.parts for one in (part.offer, part.substitute) if one]
        if len(named) != len(terms.offers):
            yield StandsInTwice()
        if not 0 <= terms.discount.percent <= MOST_PERCENT:
            yield BadDiscount(fixed=terms.discount.percent, alone="–", most=MOST_PERCENT)
    else:
        try:
            _priced(terms, terms.parts)
        except BadDiscount as error:
            yield error


def todays_price(terms: Terms) -> Price | None:
    """What a box with every part in place costs today; None for one to choose from, and where it has no price."""
    if terms.kind == Kind.CHOOSE or not terms.parts:
        return None
    try:
        return _priced(terms, terms.parts)[0]
    except BadDiscount:
        return None


def shares(terms: Terms) -> list[Share]:
    """What each offer gets, parts first, in their order."""
    found = []
    for reference, offer in terms.offers.items():
        slots = [part for part in terms.parts if offer in (part.offer, part.substitute)]
        own = [part for part in slots if part.offer == offer]
        found.append(
            Share(
                offer,
                sum(part.quantity for part in own or slots),
                _today(terms, reference, (own or slots)[0]),
                lowest(offer.price, terms.discount, max(_most_alone(terms, offer, slot) for slot in slots)),
                () if own else tuple(part.offer for part in slots),
            )
        )
    return sorted(found, key=lambda share: bool(share.replaces))


def faults_of(offer: Offer, discount: Discount) -> Iterator[ShopError]:
    """Why an offer cannot be in a box with this discount today."""
    product, name = offer.product, offer.product.name
    if not is_listed(product, clock.today()):
        yield PartNotListed(name=name)
    elif product.adult_only:
        yield PartAdult(name=name)
    elif product.restriction == Restriction.SERVICE:
        yield PartService(name=name)
    elif product.restriction == Restriction.LIVE:
        yield PartLive(name=name)
    elif not offer.is_active:
        yield PartWithdrawn(name=name)
    elif product.restriction == Restriction.HEALTH and discount != Discount():
        yield DiscountOnHealth(name=name)


def _today(terms: Terms, reference: str, slot: TermsPart) -> tuple[int, int] | None:
    """The prices on its lines in a box in which it stands in this slot and all else is in place."""
    if terms.kind == Kind.CHOOSE:
        each = terms.offers[reference].price * (100 - terms.discount.percent) // 100
        return each, each
    standing = slot.substitute is not None and slot.offer.external_reference != reference
    parts = [TermsPart(slot.substitute or slot.offer, slot.quantity) if standing and one is slot else one
             for one in terms.parts]  # fmt: skip
    try:
        prices = [line.price for line in _priced(terms, parts)[1] if line.reference == reference]
    except BadDiscount:
        return None
    return min(prices), max(prices)


def _most_alone(terms: Terms, offer: Offer, slot: TermsPart) -> int:
    return slot.quantity * offer.price + sum(part.dearest for part in terms.parts if part is not slot)


def _priced(terms: Terms, parts: Iterable[TermsPart]) -> tuple[Price, list[Line]]:
    """As `offering` prices a box of these; an offer that stands there twice is one part."""
    pieces: dict[str, Part] = {}
    for one in parts:
        reference = one.offer.external_reference
        known = pieces[reference].quantity if reference in pieces else 0
        pieces[reference] = Part(reference, known + one.quantity, one.offer.price)
    rows = list(pieces.values())
    if not any(row.price for row in rows):  # none of them has a price in our channel
        raise BadDiscount(fixed=0, alone=0, most=MOST_PERCENT)
    found = price(rows, terms.discount, terms.packaging.price if terms.packaging else 0)
    return found, lines(rows, found.goods)
