"""Which agreements are wanted, and asking for them: a producer once a day at most, and once for each state."""

import hashlib
from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q

from catalog import clock
from catalog.agreements.models import AgreementLetter, AgreementNotice, AgreementRequest
from catalog.combos.agreeing import waiting
from catalog.combos.models import Combo
from catalog.combos.reading import APPROVED, passing, read_parts
from catalog.combos.terms import Share, shares, terms_of
from catalog.outbox.services import wake
from catalog.people.models import ProducerMember
from catalog.producers.models import Producer

TOPIC = "agreements"
CHUNK = 64  # combos read at once


def wanted(combos: Q = Q()) -> dict[tuple[int, int], str]:  # noqa: B008
    """{(producer, combo): state} of the agreements that these combos wait for today.

    A proposed combo wants that of every producer to its terms: the state names their version. An approved one that
    would give a producer less than it agreed to wants it anew: the state names what each of its pieces would get.
    """
    found = {(producer, combo): f"{terms}" for combo, producer, terms in waiting(combos)}
    numbers = list(Combo.objects.filter(APPROVED, combos).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(numbers), CHUNK):
        some = passing(numbers[first : first + CHUNK])
        read_parts(some)
        for combo in some:
            for producer, own in _short(combo).items():
                found[producer, combo.pk] = f"{combo.terms}:{_digest(own)}"
    return found


def ask(today: date) -> int:
    """Ask each producer for what is wanted and was not asked for yet; letters go out by themselves.

    Whom nobody can write to is asked once somebody can. Returns how many notices are new; a repeat, also at the same
    time, gives none twice.
    """
    by_producer: dict[int, dict[int, str]] = {}
    for (producer, combo), state in wanted().items():
        by_producer.setdefault(producer, {})[combo] = state
    return sum(_ask(producer, states, today) for producer, states in sorted(by_producer.items()))


@transaction.atomic
def _ask(producer: int, states: dict[int, str], today: date) -> int:
    """What is new of these, once the producer is locked: another worker may have been faster."""
    if not Producer.objects.select_for_update().filter(pk=producer).exists():
        return 0
    asked = AgreementRequest.objects.filter(producer=producer, combo__in=states).values_list("combo", "state")
    new = states.items() - set(asked)
    members = ProducerMember.objects.filter(producer=producer, user__is_active=True).exclude(user__email="")
    readers = list(members.order_by("pk").values_list("user", flat=True))
    if not new or not readers or AgreementNotice.objects.filter(producer=producer, made_on=today).exists():
        return 0
    notice = AgreementNotice.objects.create(producer_id=producer, made_on=today)
    AgreementRequest.objects.bulk_create(
        AgreementRequest(notice=notice, producer_id=producer, combo_id=combo, state=state)
        for combo, state in sorted(new)
    )
    now = clock.now()
    AgreementLetter.objects.bulk_create(
        AgreementLetter(notice=notice, user_id=user, available_at=now) for user in readers
    )
    wake(TOPIC)
    return 1


def _short(combo: Combo) -> dict[int, list[Share]]:
    """{producer: what its pieces get} where that is less than it agreed to."""
    own: dict[int, list[Share]] = {}
    short = set()
    for share in shares(terms_of(combo)):
        producer = share.offer.product.producer_id
        own.setdefault(producer, []).append(share)
        agreed = combo.agreed.get(producer, {}).get(share.offer.external_reference)
        if agreed and share.today and share.today[0] < agreed["lowest"]:
            short.add(producer)
    return {producer: own[producer] for producer in short}


def _digest(own: Collection[Share]) -> str:
    told = sorted(f"{share.offer.external_reference}={share.lowest}" for share in own)
    return hashlib.blake2b(" ".join(told).encode(), digest_size=12).hexdigest()
