"""A real embedded server behind the shop, set up once; what is on its shelves is made by each test."""

import pytest

from catalog.saleor.client import Saleor
from catalog.saleor.setup import ensure_setup
from tests.embedded_server import Server


@pytest.fixture(scope="session")
def saleor_server(embedded_server: Server) -> Server:
    """The server of this session, with channel, rates and categories."""
    with Saleor(embedded_server.url, embedded_server.token) as api:
        ensure_setup(api)
    return embedded_server


@pytest.fixture
def saleor(saleor_server: Server, settings, db) -> Server:
    """The server, named in the settings of this test."""
    settings.SALEOR_API_URL = saleor_server.url
    settings.SALEOR_APP_TOKEN = saleor_server.token
    return saleor_server
