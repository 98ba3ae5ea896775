"""The sweep: what began or ended without anybody saying so is announced, once."""

from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from catalog import clock
from catalog.outbox.models import OutboxRow
from ocop_sync.publish.models import Publication
from ocop_sync.sweep import sweep
from ocop_sync.tasks import sweep_task
from tests.catalog.warnings.making import ending_in, given
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


@pytest.mark.parametrize(("minute", "warned"), [(59, []), (60, [180])])
def test_the_task_warns_once_from_midnight_in_vietnam_on(
    minute: int, warned: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ending_in(30 + 181)  # on 24/12/2026 there are 181 days left, which ends at 17:00 in UTC
    moment = datetime(2026, 12, 24, 16, tzinfo=UTC) + timedelta(minutes=minute)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    monkeypatch.setattr(clock, "datetime", Clock)
    sweep_task()
    sweep_task()

    assert [threshold for _code, threshold in given()] == warned
