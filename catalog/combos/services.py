"""What a combo's proposer does: a producer's member, or the staff of the sale point that packs it.

Each step names the version that was seen: one that comes second is refused, a repeat changes nothing. Another's combo
does not exist (NotYours).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from catalog import clock
from catalog.combos.agreeing import own_agreement
from catalog.combos.errors import BadCombo, BadDiscount, Changed, FewOptions, NoPackaging, NotYours, PartUnknown
from catalog.combos.keeping import needed, seen, take_off, write
from catalog.combos.models import Action, Combo, ComboEvent, ComboPart, Kind, Occasion, Packaging
from catalog.combos.offering import combos
from catalog.combos.pricing import MOST_PERCENT, Discount
from catalog.combos.states import State
from catalog.combos.terms import MOST_PARTS, Terms, TermsPart, faults, terms_of
from catalog.offers.mirror import read_reference
from catalog.offers.models import Offer
from catalog.people.models import User
from catalog.producers.models import Producer
from catalog.regions import provinces
from catalog.reports.services import tidy_text
from catalog.salepoints.models import SalePoint
from catalog.text import slug_of

Owner = Producer | SalePoint
MOST_PIECES: Final = 20  # of one part
LONGEST_STORY: Final = 4000
_TERMS: Final = frozenset({"kind", "choose", "percent", "fixed_price", "packaging", "parts"})


@dataclass(frozen=True, slots=True)
class PartFacts:
    """References of an offer and, or empty, of the one that may stand in for it."""

    offer: str
    quantity: int
    substitute: str = ""


@dataclass(frozen=True, slots=True)
class ComboFacts:
    """A combo as its proposer typed it; `packaging` by code, `fixed_price` đồng for the parts together."""

    title: str
    packaging: str
    parts: tuple[PartFacts, ...] = ()
    title_en: str = ""
    story: str = ""
    story_en: str = ""
    occasion: str = ""
    province_code: str = ""
    kind: str = Kind.FIXED
    choose: int | None = None
    percent: int = 0
    fixed_price: int | None = None


def owners_of(user: User) -> list[Owner]:
    """The producers and sale points for which this person may propose combos."""
    producers = Producer.objects.filter(members__user=user).order_by("name")
    return [*producers, *SalePoint.objects.filter(staff__user=user).order_by("name")]


def owned_by(user: User) -> Q:
    """The combos that this person proposes."""
    mine = Q(producer__in=Producer.objects.filter(members__user=user))
    return mine | Q(producer=None, packaging__sale_point__in=SalePoint.objects.filter(staff__user=user))


def packagings_for(owner: Owner) -> QuerySet[Packaging]:
    """The boxes that this proposer may choose: a sale point its own, a producer those of every open point."""
    found = Packaging.objects.filter(is_active=True, sale_point__is_open=True).select_related("sale_point")
    return (found.filter(sale_point=owner) if isinstance(owner, SalePoint) else found).order_by(
        "sale_point__name", "pk"
    )


def offers_by(references: Iterable[str]) -> dict[str, Offer]:
    """Offers by their references, as `terms` reads them; those that there are."""
    wanted = {reference: read_reference(reference) for reference in references}
    codes = {read[0] for read in wanted.values() if read}
    found = Offer.objects.filter(product__code__in=codes).select_related("product__producer", "product__current")
    return {one.external_reference: one for one in found if one.external_reference in wanted}


def terms_from(facts: ComboFacts) -> Terms:
    """The terms of what was typed, for a look at what it would cost; what there is not is left out."""
    known = offers_by(reference for part in facts.parts for reference in (part.offer, part.substitute))
    parts = tuple(
        TermsPart(known[part.offer], part.quantity, known.get(part.substitute))
        for part in facts.parts
        if part.offer in known and part.quantity > 0
    )
    packaging = Packaging.objects.select_related("sale_point").filter(code=facts.packaging).first()
    return Terms(facts.kind, facts.choose, Discount(facts.percent, facts.fixed_price), packaging, parts)


@transaction.atomic
def make(user: User, owner: Owner, code: str, facts: ComboFacts) -> Combo:
    """A new draft of one of the user's `owners_of`. A repeat with the same code makes no second one.

    Raises BadCombo, BadDiscount, FewOptions, NoPackaging, NotYours, PartRefused; Changed for the code of another's.
    """
    if known := Combo.objects.filter(owned_by(user), code=code).first():
        return known
    if owner not in owners_of(user):
        raise NotYours
    combo = Combo(code=code, producer=owner if isinstance(owner, Producer) else None)
    parts = _take_over(combo, facts, owner)
    try:
        with transaction.atomic():
            combo.save()
    except IntegrityError as error:  # the other half of a double click was faster, or the code is another's
        if known := Combo.objects.filter(owned_by(user), code=code).first():
            return known
        raise Changed from error
    ComboPart.objects.bulk_create(_rows(combo, parts))
    ComboEvent.objects.create(combo=combo, version=0, by=user, action=Action.MADE, producer=combo.producer)
    return combo


@transaction.atomic
def change(user: User, code: str, version: int, facts: ComboFacts) -> Combo:
    """The combo as typed anew. New parts, pieces, substitutes, discount or box are new terms: everybody is asked again.

    Raises Changed, and as `make`.
    """
    combo = _own(user, code)
    before = _picture(combo)
    parts = _take_over(combo, facts, combo.producer or combo.packaging.sale_point)
    after = _picture(combo) | {"parts": [[p.offer, p.quantity, p.substitute] for p in facts.parts]}
    changes = {name: [before[name], value] for name, value in after.items() if before[name] != value}
    if not changes:
        return combo
    if combo.version != version:
        raise Changed
    if "parts" in changes:
        combo.parts.all().delete()
        ComboPart.objects.bulk_create(_rows(combo, parts))
    if _TERMS & changes.keys():
        combo.terms += 1
        take_off(combo)
    write(combo, user, Action.CHANGED, facts=changes)
    return combo


@transaction.atomic
def propose(user: User, code: str, version: int, keeps: Mapping[str, int | None]) -> None:
    """Ask every producer in it, and then an officer. A producer that proposes it agrees with that.

    `keeps`: how many days a piece of each of the proposer's own offers keeps when handed over. Raises the first of
    `faults`, BadKeeping, Changed, NotNow.
    """
    states = (State.DRAFT, State.WITHDRAWN)
    if (combo := seen(_own(user, code), user, Action.PROPOSED, states, version=version)) is None:
        return
    terms = terms_of(combos().get(pk=combo.pk))
    for fault in faults(terms):
        raise fault
    combo.proposed_at, combo.withdrawn_at, combo.reason = clock.now(), None, ""
    facts = own_agreement(combo, terms, user, keeps) if combo.producer_id in terms.producers else {}
    write(combo, user, Action.PROPOSED, producer=combo.producer, facts=facts)


@transaction.atomic
def withdraw(user: User, code: str, reason: str) -> None:
    """Off the shelf at once, whatever changed meanwhile; proposed again it has to be approved anew. A repeat changes
    nothing. Raises ReasonMissing.
    """
    take_back(_own(user, code), user, reason)


def take_back(combo: Combo, user: User, reason: str) -> None:
    """The locked combo is withdrawn by somebody who may."""
    if combo.withdrawn_at:
        return
    combo.reason = needed(reason)
    combo.withdrawn_at = clock.now()
    take_off(combo)
    write(combo, user, Action.WITHDRAWN, reason=combo.reason)


def _own(user: User, code: str) -> Combo:
    mine = Combo.objects.filter(owned_by(user), code=code).values("pk")
    combo = Combo.objects.select_for_update().filter(pk__in=mine).first()
    if combo is None:
        raise NotYours
    return combo


def _take_over(combo: Combo, facts: ComboFacts, owner: Owner) -> list[ComboPart]:
    """Write what was typed on the row, unsaved; returns the rows of its parts."""
    title, title_en = tidy_text(facts.title, 120), tidy_text(facts.title_en, 120)
    known_places = {"", *(one.code for one in provinces())}
    if (
        not title
        or facts.kind not in Kind.values
        or facts.occasion not in Occasion.values
        or facts.province_code not in known_places
        or max(len(facts.story), len(facts.story_en)) > LONGEST_STORY
    ):
        raise BadCombo(most=LONGEST_STORY)
    _check_discount(facts)
    packaging = Packaging.objects.filter(code=facts.packaging).first()
    if packaging is None or (packaging.pk != combo.packaging_id and packaging not in packagings_for(owner)):
        raise NoPackaging
    combo.kind, combo.occasion, combo.province_code = facts.kind, facts.occasion, facts.province_code
    combo.title, combo.title_en, combo.slug = " ".join(title.split()), " ".join(title_en.split()), slug_of(title)
    combo.story, combo.story_en = tidy_text(facts.story, LONGEST_STORY), tidy_text(facts.story_en, LONGEST_STORY)
    combo.choose, combo.percent, combo.fixed_price = facts.choose, facts.percent, facts.fixed_price
    combo.packaging = packaging
    return _parts(facts)


def _check_discount(facts: ComboFacts) -> None:
    choosing = facts.kind == Kind.CHOOSE
    if choosing and not 1 <= (facts.choose or 0) <= MOST_PARTS * MOST_PIECES:
        raise FewOptions(choose=facts.choose or 0)
    wrong = not 0 <= facts.percent <= MOST_PERCENT or (facts.fixed_price is not None and (choosing or facts.percent))
    if wrong or (facts.fixed_price or 0) < 0 or (not choosing and facts.choose is not None):
        raise BadDiscount(fixed=facts.fixed_price, alone="–", most=MOST_PERCENT)


def _parts(facts: ComboFacts) -> list[ComboPart]:
    known = offers_by(reference for part in facts.parts for reference in (part.offer, part.substitute))
    names = [part.offer for part in facts.parts]
    for part in facts.parts:
        stranger = part.offer not in known or (part.substitute and part.substitute not in known)
        if stranger or part.substitute == part.offer or not 1 <= part.quantity <= MOST_PIECES:
            raise PartUnknown(most=MOST_PIECES)
    if len(set(names)) != len(names) or len(names) > MOST_PARTS:
        raise PartUnknown(most=MOST_PIECES)
    return [
        ComboPart(offer=known[part.offer], quantity=part.quantity, position=n, substitute=known.get(part.substitute))
        for n, part in enumerate(facts.parts)
    ]


def _rows(combo: Combo, parts: Iterable[ComboPart]) -> list[ComboPart]:
    rows = list(parts)
    for row in rows:
        row.combo = combo
    return rows


def _picture(combo: Combo) -> dict[str, Any]:
    """What a proposer may change, as JSON values."""
    names = ("title", "title_en", "story", "story_en", "occasion", "province_code", "kind", "choose", "percent",
             "fixed_price")  # fmt: skip
    parts = combo.parts.select_related("offer__product", "substitute__product") if combo.pk else ()
    return {name: getattr(combo, name) for name in names} | {
        "packaging": combo.packaging.code,
        "parts": [
            [row.offer.external_reference, row.quantity, row.substitute.external_reference if row.substitute else ""]
            for row in parts
        ],
    }
