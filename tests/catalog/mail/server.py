"""A real SMTP server of this process, which answers as a test tells it to."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings


@dataclass
class MailServer:
    """What it took, and what it is told to say: by recipient (`to_recipient`), to everybody's data, to the sender.

    `drop_after_data`: so many letters are taken and the line is cut before the answer. `at_data` is called between
    the two.
    """

    port: int = 0
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    to_recipient: dict[str, str] = field(default_factory=dict)
    to_data: str = ""
    to_sender: str = ""
    drop_after_data: int = 0
    at_data: Callable[[], object] | None = None
    tries: int = 0

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self.tries += 1
        if self.to_sender:
            return self.to_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.to_recipient:
            return self.to_recipient[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.to_data:
            return self.to_data
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.taken += [(address, mail) for address in envelope.rcpt_tos]
        if self.at_data:
            self.at_data()
        if self.drop_after_data:
            self.drop_after_data -= 1
            server.transport.abort()
        return "250 OK"

    @property
    def to(self) -> list[str]:
        """Whose mail was taken, in order."""
        return [address for address, _mail in self.taken]

    def subject(self, number: int = 0) -> str:
        """The subject of a mail that was taken."""
        return str(self.taken[number][1]["Subject"]).strip()

    def text(self, number: int = 0) -> str:
        """The plain text of a mail that was taken."""
        body = self.taken[number][1].get_body(("plain",))
        assert body
        return body.get_content()


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server on a free port of this machine, ended with the block."""
    told = MailServer(port=free_port())
    controller = Controller(told, hostname="127.0.0.1", port=told.port)
    controller.start()
    try:
        yield told
    finally:
        controller.stop()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


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
