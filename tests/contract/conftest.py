"""One suite for any server with Saleor's API: the embedded one always, another one where its address is given."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from catalog.offers.models import Offer
from catalog.products.models import Product
from catalog.saleor.app.permissions import PERMISSIONS
from catalog.saleor.client import Saleor
from catalog.saleor.setup import ensure_setup
from ocop_sync.publish.services import publish_codes
from tests.contract.dashboard import Dashboard
from tests.contract.receiver import Receiver
from tests.contract.shop import Shop
from tests.contract.staff import Staff
from tests.embedded_server import GIVEN
from tests.factories import make_product
from tests.storefront.world import on_sale


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a contract test."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):  # noqa: PTH120
            item.add_marker(pytest.mark.contract)


@pytest.fixture(scope="session", params=["embedded", "given"])
def api(request: pytest.FixtureRequest) -> Iterator[Saleor]:
    """The typed client, talking to the embedded server or to the one that the environment names.

    On the embedded server its app may do just what `PERMISSIONS` says: the whole suite shows that this is enough.
    """
    if request.param == "embedded":
        server = request.getfixturevalue("embedded_server")
        url = server.url
        token = server.manage("ensure_app", "--name", "contract", "--permissions", ",".join(PERMISSIONS)).strip()
    else:
        if not (GIVEN.url and GIVEN.token):
            pytest.skip("SALEOR_API_URL and SALEOR_APP_TOKEN are not set")
        url, token = GIVEN.url, GIVEN.token
    with Saleor(url, token) as client:
        yield client


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    """A web server of this test process that keeps what is posted to it."""
    with Receiver() as server:
        yield server


@pytest.fixture(scope="session")
def shop(api: Saleor, receiver: Receiver, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Shop:
    """A server that is set up, with a producer's store and a sale point's shelf."""
    with django_db_blocker.unblock():
        ensure_setup(api, receiver.url)
    return Shop(api)


@pytest.fixture
def staff(api: Saleor, request: pytest.FixtureRequest) -> Iterator[Staff]:
    """Somebody who may install apps; what he makes is gone when the test ends."""
    if api.url == GIVEN.url:
        somebody = Staff.log_in(api.url)
    else:
        somebody = Staff(api.url, request.getfixturevalue("embedded_server").token)
    yield somebody
    somebody.clean_up()


@pytest.fixture
def at_home(api: Saleor, shop: Shop, settings: Any, db: None) -> Saleor:
    """The shop of this test works with this server."""
    settings.SALEOR_API_URL = api.url
    settings.SALEOR_APP_TOKEN = api.headers["Authorization"].removeprefix("Bearer ")
    return api


@pytest.fixture
def dashboard(staff: Staff, at_home: Saleor) -> Dashboard:
    """Somebody at Saleor's dashboard."""
    return Dashboard(staff)


@pytest.fixture
def published(at_home: Saleor) -> Product:
    """A product that Saleor was told of."""
    product = make_product(set_no=13)
    assert publish_codes([product.code]).created == 1
    return product


@pytest.fixture
def offer(at_home: Saleor) -> Offer:
    """A pack size with ten pieces in its producer's store."""
    return on_sale(store=10)
