"""A product event while somebody publishes waits; afterwards the product is looked at."""

import pytest

from catalog import clock
from catalog.saleor.client import client
from catalog.saleor.generated import ProductInput
from catalog.saleor.models import InboxMessage
from catalog.saleor.webhooks.inbox import process_inbox
from ocop_sync.publish.services import TOPIC, publish_due
from ocop_sync.publish.webhooks import products_changed
from tests.factories import make_product
from tests.holding import held_by_another

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("saleor")]


def put(code: str) -> InboxMessage:
    """An event of this product in the inbox."""
    now = clock.now()
    return InboxMessage.objects.create(digest=code, event="ProductUpdated", key=code, issued_at=now, available_at=now)


def test_while_another_process_publishes_the_message_waits_uncounted() -> None:
    product = make_product()
    publish_due()
    client().update_product(external_reference=product.code, input=ProductInput(name="Tên khác"))
    message = put(product.code)

    with held_by_another(TOPIC):
        assert process_inbox() == 0
    message.refresh_from_db()
    assert (message.attempts, message.done_at) == (0, None)
    assert message.last_error.startswith("Another process is publishing")

    InboxMessage.objects.update(available_at=clock.now())
    assert process_inbox() == 1
    assert publish_due().updated == 1


@pytest.mark.parametrize("reference", ["nonsense", "", "0000000-1"])
def test_a_product_that_is_none_of_ours_is_not_asked_for(reference: str, settings) -> None:
    settings.SALEOR_API_URL = "http://127.0.0.1:9/graphql/"

    products_changed([reference])
