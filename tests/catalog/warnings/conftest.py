"""What the tests of warnings share."""

from tests.catalog.mail.server import server  # noqa: F401 - a fixture
