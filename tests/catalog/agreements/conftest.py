"""What these tests share."""

from tests.catalog.mail.server import server  # noqa: F401 - a fixture
