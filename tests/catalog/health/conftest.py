"""Health is tested against a real embedded server."""

from tests.storefront.conftest import saleor, saleor_server  # noqa: F401 - fixtures
