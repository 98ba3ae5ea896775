"""A comparison goes on where the last one ended, however long ago that was."""

from datetime import timedelta

import pytest

from catalog import clock
from catalog.offers.services import OFFER_CHANGES, OFFERS
from catalog.saleor.models import Reconciliation
from catalog.saleor.tasks import reconcile_offers_task
from catalog.saleor.watermarks import MARGIN, compared, is_due, known_since
from storefront.orders.reconciling import MOVED, OPEN
from storefront.orders.tasks import reconcile
from tests.embedded_server import Server, free_port

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=5)


@pytest.fixture
def saleor(embedded_server: Server, settings) -> Server:
    """The server that the settings name."""
    settings.SALEOR_API_URL, settings.SALEOR_APP_TOKEN = embedded_server.url, embedded_server.token
    return embedded_server


def test_nothing_is_known_before_the_first_comparison() -> None:
    assert known_since("orders") is None
    assert is_due("orders", timedelta(hours=1))


def test_the_next_comparison_begins_a_little_before_the_last_one_began() -> None:
    started = clock.now() - timedelta(minutes=30)
    compared("orders", started)

    assert known_since("orders") == started - MARGIN
    assert not is_due("orders", timedelta(hours=1))
    assert is_due("orders", timedelta(minutes=30))


def test_a_comparison_that_ends_late_takes_nothing_back() -> None:
    early, late = clock.now() - timedelta(hours=2), clock.now()
    compared("orders", late)

    compared("orders", early)

    assert known_since("orders") == late - MARGIN


def test_the_tasks_move_the_marks_and_a_silent_saleor_leaves_them(saleor: Server, settings) -> None:
    subjects = (OFFERS, OFFER_CHANGES, MOVED, OPEN)
    then = clock.now() - LONG_AGO
    for subject in subjects:
        compared(subject, then)
    address, settings.SALEOR_API_URL = settings.SALEOR_API_URL, f"http://127.0.0.1:{free_port()}/graphql/"

    reconcile_offers_task()
    reconcile()
    assert set(Reconciliation.objects.values_list("known_until", flat=True)) == {then}

    settings.SALEOR_API_URL = address
    reconcile_offers_task()
    reconcile()
    assert Reconciliation.objects.filter(known_until__gt=clock.now() - timedelta(minutes=2)).count() == len(subjects)


def test_all_offers_are_compared_once_an_hour(saleor: Server) -> None:
    reconcile_offers_task()
    whole = Reconciliation.objects.get(subject=OFFERS).known_until

    reconcile_offers_task()

    assert Reconciliation.objects.get(subject=OFFERS).known_until == whole
    assert Reconciliation.objects.get(subject=OFFER_CHANGES).known_until > whole
