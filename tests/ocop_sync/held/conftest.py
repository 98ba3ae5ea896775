"""What these tests share."""

from tests.private_folder import private  # noqa: F401 - a fixture
