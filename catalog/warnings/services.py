"""Finding who is due a warning, and writing down that it was given: once for a product, last day and threshold."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from catalog import clock
from catalog.outbox.services import wake
from catalog.people.models import ProducerMember
from catalog.products.models import Product
from catalog.warnings.advice import ending, threshold_of
from catalog.warnings.models import ExpiryWarning, Letter, Notice

TOPIC = "warnings"
CHUNK = 300  # products a transaction, and the rest of the last one's producer


def warn(today: date) -> int:
    """Give every warning that is due on this day (Asia/Ho_Chi_Minh) and was not given; letters go out by themselves.

    Of several thresholds that a product has passed only the nearest counts. Returns how many warnings are new; a
    repeat, also at the same time, gives none twice.
    """
    due = _due(Product.objects.all(), today).order_by("producer_id", "pk").values_list("producer_id", "pk")
    return sum(_give(chunk, today) for chunk in _chunks(due))


def _due(products: QuerySet[Product], today: date) -> QuerySet[Product]:
    given = ExpiryWarning.objects.filter(
        product=OuterRef("pk"), last_day=OuterRef("listable_until"), threshold__lte=OuterRef("threshold")
    )
    return ending(products, today).exclude(Exists(given))


def _chunks(rows: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Products (producer, product; by producer) in chunks that part no producer's, so that it gets one letter."""
    chunk: list[int] = []
    last = None
    for producer, product in rows:
        if producer != last and len(chunk) >= CHUNK:
            yield chunk
            chunk = []
        chunk.append(product)
        last = producer
    if chunk:
        yield chunk


@transaction.atomic
def _give(products: list[int], today: date) -> int:
    """Those of the products that are still due once they are locked: another sweep may have been faster."""
    locked = Product.objects.select_for_update().filter(pk__in=products).order_by("pk")
    held = list(locked.values_list("pk", flat=True))
    rows = _due(Product.objects.filter(pk__in=held), today)
    due = [(pk, producer, day) for pk, producer, day in rows.values_list("pk", "producer_id", "listable_until") if day]
    notices = {producer: Notice(producer_id=producer, made_on=today) for _pk, producer, _day in due}
    Notice.objects.bulk_create(notices.values())
    ExpiryWarning.objects.bulk_create(
        ExpiryWarning(notice=notices[producer], product_id=pk, last_day=day, threshold=threshold_of((day - today).days))
        for pk, producer, day in due
    )
    _write_to_members(notices)
    return len(due)


def _write_to_members(notices: dict[int, Notice]) -> None:
    """A letter to each active member with an address."""
    members = ProducerMember.objects.filter(producer__in=notices, user__is_active=True).exclude(user__email="")
    pairs = members.order_by("pk").values_list("producer_id", "user_id")
    now = clock.now()
    letters = [Letter(notice=notices[producer], user_id=user, available_at=now) for producer, user in pairs]
    Letter.objects.bulk_create(letters)
    if letters:
        wake(TOPIC)
