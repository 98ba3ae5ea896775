"""One moment: what others write meanwhile is not seen, and they need not wait."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from catalog.certificates.models import Source
from catalog.snapshot import one_moment
from tests.side_by_side import VENDORS, Environment, ask, let_go, own_shop, start, wait_for


@pytest.fixture(params=VENDORS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Environment]:
    with own_shop(request.param, tmp_path) as environment:
        yield environment


def test_a_reader_sees_one_moment_and_keeps_nobody_from_writing(shop: Environment) -> None:
    reader = start(shop, "tests.catalog.reader")
    wait_for([reader])
    assert ask(shop, "[Source.objects.create(name='nguon').pk]")  # done while the reader is inside
    assert let_go([reader]) == ["0 0 1"]


@pytest.mark.django_db(transaction=True)
def test_it_ends_with_an_error_too() -> None:
    def fail() -> None:
        with one_moment():
            Source.objects.count()
            raise ValueError("spoiled")

    with pytest.raises(ValueError, match="spoiled"):
        fail()
    Source.objects.create(name="nguon")
    assert not connection.in_atomic_block
    assert Source.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_it_changes_nothing() -> None:
    with transaction.atomic():
        with one_moment():
            assert Source.objects.count() == 0
        Source.objects.create(name="nguon")
    assert Source.objects.count() == 1
