"""What a producer in a combo does: agree to the terms it was shown, decline, take its agreement back.

An agreement is for one version of the terms. It names the least that a piece of each of its offers must get, to the
đồng: a box that would give less is not sold.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from catalog.combos.errors import BadKeeping, Changed, NotYours, SharesMoved
from catalog.combos.keeping import needed, seen, take_off, write
from catalog.combos.models import Action, Combo, ComboAgreement, ComboEvent, ComboPart
from catalog.combos.offering import combos
from catalog.combos.states import State, in_state
from catalog.combos.terms import Share, Terms, shares, terms_of
from catalog.people.models import User
from catalog.producers.models import Producer

LONGEST_KEEPING: Final = 3650  # days


def with_goods_of(user: User) -> Q:
    """The combos with goods of this person's producers, once they were proposed, and those that these spoke about."""
    mine = Producer.objects.filter(members__user=user)
    named = ComboPart.objects.filter(Q(offer__product__producer__in=mine) | Q(substitute__product__producer__in=mine))
    spoke = ComboEvent.objects.filter(producer__in=mine)
    asked = Q(proposed_at__isnull=False) | Q(approved_at__isnull=False) | Q(pk__in=spoke.values("combo"))
    return asked & Q(pk__in=named.values("combo"))


def waiting_for(user: User) -> set[tuple[int, int]]:
    """(combo, producer): proposals that wait for the agreement of this person's producers. Three queries."""
    return {(combo, producer) for combo, producer, _terms in waiting(members__user=user)}


def waiting(combos: Q = Q(), **producers: Any) -> set[tuple[int, int, int]]:  # noqa: B008
    """(combo, producer, terms): what proposals wait for; of these combos, of such producers. Three queries."""
    wanted: set[tuple[int, int, int]] = set()
    proposed = Combo.objects.filter(in_state(State.PROPOSED), combos)
    for way in ("offer", "substitute"):
        maker = f"{way}__product__producer"
        asked = {f"{maker}__{name}": value for name, value in producers.items()}
        parts = ComboPart.objects.filter(**{f"{maker}__isnull": False}, **asked, combo__in=proposed).order_by()
        wanted.update(parts.values_list("combo", maker, "combo__terms"))
    given = ComboAgreement.objects.filter(**{f"producer__{name}": value for name, value in producers.items()})
    wanted.difference_update(given.filter(combo__in=proposed).values_list("combo", "producer", "terms"))
    return wanted


@transaction.atomic
def agree(
    user: User, code: str, producer: int, terms: int, *, lowest: Mapping[str, int], keeps: Mapping[str, int | None]
) -> None:
    """The producer (primary key) agrees to these terms, with `lowest` as it was shown: {offer reference: đồng a piece}.

    Agreed once already, what it says now counts: so one whose own price fell is sold again. `keeps`: {offer reference:
    days that a piece still keeps when handed over, None where it has no end}. Raises NotYours, Changed, NotNow,
    SharesMoved, BadKeeping.
    """
    combo, owner = _asked(user, code, producer)
    if seen(combo, user, Action.AGREED, (State.PROPOSED, State.APPROVED)) is None:
        return
    if combo.terms != terms:
        raise Changed
    own = own_shares(terms_of(combos().get(pk=combo.pk)), producer)
    if {share.offer.external_reference for share in own} != lowest.keys():
        raise SharesMoved
    if any(share.lowest < lowest[share.offer.external_reference] for share in own):
        raise SharesMoved
    parts = {name: {"lowest": least, "keeps_days": _days(keeps.get(name))} for name, least in lowest.items()}
    known = ComboAgreement.objects.filter(combo=combo, producer=owner, terms=terms).first()
    if known and known.parts == parts:
        return
    _keep(combo, owner, user, parts)
    write(combo, user, Action.AGREED, producer=owner, facts={"parts": parts})


@transaction.atomic
def decline(user: User, code: str, producer: int, reason: str) -> None:
    """The producer does not agree, or takes its agreement back: the combo is off the shelf at once, and a draft again.

    Raises NotYours, NotNow, ReasonMissing.
    """
    combo, owner = _asked(user, code, producer)
    given = ComboAgreement.objects.filter(combo=combo, producer=owner, terms=combo.terms)
    action = Action.WITHDRAWN if given.exists() else Action.DECLINED
    last = combo.events.last()
    if last and last.by_id == user.pk and last.producer_id == owner.pk and not combo.proposed_at:
        return
    if seen(combo, user, action, (State.PROPOSED, State.APPROVED)) is None:
        return
    combo.reason = needed(reason)
    given.delete()
    take_off(combo)
    write(combo, user, action, producer=owner, reason=combo.reason)


def own_agreement(combo: Combo, terms: Terms, user: User, keeps: Mapping[str, int | None]) -> dict[str, Any]:
    """The agreement of the producer that proposes the locked combo; returns what the log tells of it."""
    assert combo.producer is not None  # noqa: S101 - it is among the terms' producers
    parts = {
        (name := share.offer.external_reference): {"lowest": share.lowest, "keeps_days": _days(keeps.get(name))}
        for share in own_shares(terms, combo.producer.pk)
    }
    _keep(combo, combo.producer, user, parts)
    return {"parts": parts}


def own_shares(terms: Terms, producer: int) -> list[Share]:
    """What the offers of one producer get."""
    return [share for share in shares(terms) if share.offer.product.producer_id == producer]


def _keep(combo: Combo, producer: Producer, user: User, parts: dict[str, Any]) -> None:
    said = {"parts": parts, "agreed_by": user}
    ComboAgreement.objects.update_or_create(combo=combo, producer=producer, terms=combo.terms, defaults=said)


def _asked(user: User, code: str, producer: int) -> tuple[Combo, Producer]:
    """The locked combo, and the producer in it for which this person speaks. Raises NotYours."""
    owner = Producer.objects.filter(pk=producer, members__user=user).first()
    mine = Combo.objects.filter(with_goods_of(user), code=code).values("pk")
    combo = Combo.objects.select_for_update().filter(pk__in=mine).first()
    named = Q(offer__product__producer=owner) | Q(substitute__product__producer=owner)
    if owner is None or combo is None or not combo.parts.filter(named).exists():
        raise NotYours
    return combo, owner


def _days(days: int | None) -> int | None:
    if days is not None and not 1 <= days <= LONGEST_KEEPING:
        raise BadKeeping(most=LONGEST_KEEPING)
    return days
