"""Products near their end, and the members of their producers."""

from datetime import date, timedelta
from typing import Any

from catalog.certificates.models import Recognition, SourceRecord
from catalog.certificates.services import refresh_gate
from catalog.people.models import ProducerMember, User
from catalog.producers.models import Producer
from catalog.products.models import Product
from catalog.warnings.models import ExpiryWarning
from tests.factories import make_product

TODAY = date(2026, 11, 24)


def ending_in(days: int, *, today: date = TODAY, **facts: Any) -> Product:
    """A listed product whose last valid day is `days` after `today`."""
    product = make_product(issued_on=today - timedelta(days=365), **facts)
    set_last_day(product, today + timedelta(days=days))
    return product


def set_last_day(product: Product, day: date) -> None:
    """The registry tells another decision, 36 months before the last day."""
    issued = day.replace(year=day.year - 3)
    Recognition.objects.filter(product=product).update(issued_on=issued)
    refresh_gate([product.pk])
    product.refresh_from_db()
    assert product.listable_until == day


def tell(product: Product, **facts: Any) -> None:
    """What the registry now says of the product."""
    SourceRecord.objects.filter(product=product).update(**facts)
    refresh_gate([product.pk])
    product.refresh_from_db()


def member(producer: Producer, name: str = "an", **facts: Any) -> User:
    """An account that belongs to the producer."""
    user, _ = User.objects.get_or_create(username=name, defaults={"email": f"{name}@example.test", **facts})
    ProducerMember.objects.create(user=user, producer=producer)
    return user


def given() -> list[tuple[str, int]]:
    """Every warning so far: product's code and threshold, in the order in which they came."""
    return list(ExpiryWarning.objects.order_by("pk").values_list("product__code", "threshold"))


def on(days: int) -> date:
    """`days` after the tests' today."""
    return TODAY + timedelta(days=days)
