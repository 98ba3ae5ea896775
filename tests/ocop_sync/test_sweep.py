"""The sweep: what began or ended without anybody saying so is announced, once."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.outbox.models import OutboxRow
from ocop_sync.publish.models import Publication
from ocop_sync.sweep import sweep
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def test_an_expired_product_that_saleor_still_shows_is_announced_once() -> None:
    product = make_product()
    Publication.objects.create(code=product.code, saleor_id="x", content_hash="x", is_published=True)
    OutboxRow.objects.all().delete()
    assert product.listable_until is not None

    today = sweep(clock.today())
    later = sweep(product.listable_until + timedelta(days=1))
    again = sweep(product.listable_until + timedelta(days=1))

    assert (today, later, again) == (0, 1, 0)
    assert list(OutboxRow.objects.values_list("topic", "key")) == [("publish", product.code)]
