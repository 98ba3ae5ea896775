"""A real server behind the shop, set up once; what is on its shelves is made by each test.

The embedded one always, and the one that SALEOR_API_URL and SALEOR_APP_TOKEN name as well.
"""

import pytest
from pytest_django import DjangoDbBlocker

from catalog.saleor.client import Saleor
from catalog.saleor.setup import ensure_setup
from tests.embedded_server import GIVEN, SERVERS, Api


@pytest.fixture(scope="session", params=SERVERS)
def saleor_server(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Api:
    """A server with channel, rates and categories. Where the shop has PostgreSQL, set-ups take turns by it."""
    server: Api = GIVEN if request.param == "given" else request.getfixturevalue("embedded_server")
    with Saleor(server.url, server.token) as api, django_db_blocker.unblock():
        ensure_setup(api)
    return server


@pytest.fixture
def saleor(saleor_server: Api, settings, db) -> Api:
    """The server, named in the settings of this test."""
    settings.SALEOR_API_URL = saleor_server.url
    settings.SALEOR_APP_TOKEN = saleor_server.token
    return saleor_server
