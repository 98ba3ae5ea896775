"""What a programme officer does with combos."""

from django.db import transaction

from catalog import clock
from catalog.combos.errors import NotAgreed, NotSellable
from catalog.combos.keeping import needed, seen, take_off, write
from catalog.combos.models import Action, Combo
from catalog.combos.offering import cheapest_box, combos
from catalog.combos.services import take_back
from catalog.combos.states import State
from catalog.combos.terms import faults, terms_of
from catalog.people.models import User
from catalog.producers.models import Producer


def missing(combo: Combo) -> list[Producer]:
    """Those who have yet to agree to the terms as they are; the combo as `offering.combos` reads it."""
    given = {one.producer_id for one in combo.agreements.all() if one.terms == combo.terms}
    return [producer for key, producer in terms_of(combo).producers.items() if key not in given]


@transaction.atomic
def approve(code: str, officer: User, version: int) -> None:
    """It may be sold on these terms, from now on. Raises Changed, NotNow, NotAgreed, NotSellable, one of `faults`."""
    combo = Combo.objects.select_for_update().get(code=code)
    if seen(combo, officer, Action.APPROVED, (State.PROPOSED,), version=version) is None:
        return
    read = combos().get(pk=combo.pk)
    if names := [producer.name for producer in missing(read)]:
        raise NotAgreed(names=", ".join(names))
    for fault in faults(terms_of(read)):
        raise fault
    read.approved_terms = combo.approved_terms = combo.terms
    if problem := cheapest_box(read).problem:
        raise NotSellable(problem=problem)
    combo.approved_at, combo.approved_by, combo.reason = clock.now(), officer, ""
    write(combo, officer, Action.APPROVED)


@transaction.atomic
def refuse(code: str, officer: User, version: int, reason: str) -> None:
    """A draft again; its proposer reads why. Raises Changed, NotNow, ReasonMissing."""
    combo = Combo.objects.select_for_update().get(code=code)
    if seen(combo, officer, Action.REFUSED, (State.PROPOSED,), version=version) is None:
        return
    combo.reason = needed(reason)
    take_off(combo)
    write(combo, officer, Action.REFUSED, reason=combo.reason)


@transaction.atomic
def withdraw(code: str, officer: User, reason: str) -> None:
    """Off the shelf at once, whatever changed meanwhile. A repeat changes nothing. Raises ReasonMissing."""
    take_back(Combo.objects.select_for_update().get(code=code), officer, reason)
