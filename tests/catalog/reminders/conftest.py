"""What the tests of reminders share."""

from tests.catalog.mail.server import server  # noqa: F401 - a fixture
