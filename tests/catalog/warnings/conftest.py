"""A mail server for the tests that send."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.catalog.warnings.mail_server import MailServer, mail_server


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A real server on 127.0.0.1, to which the shop's mail goes by SMTP."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "Chợ Sao <no-reply@chosao.example>"
    with mail_server() as told:
        settings.EMAIL_PORT = told.port
        yield told
