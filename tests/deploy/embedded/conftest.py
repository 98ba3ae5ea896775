"""A shop on a server of its own for the tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.deploy.embedded.shop import Shop, set_up
from tests.embedded_server import running_server


@pytest.fixture(scope="session")
def shop() -> Iterator[Shop]:
    """Channel, zone, warehouses, product type: made once."""
    with running_server() as server:
        yield set_up(server)
