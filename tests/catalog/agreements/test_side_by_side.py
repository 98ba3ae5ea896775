"""Several processes at once, on a database on disk: they ask once and send once; one that is killed loses nothing."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalog.mail.server import MailServer, mail_server
from tests.side_by_side import VENDORS, Environment, ask, finish, own_shop, start

DAY = "2026-12-01"
WORKERS = "tests.catalog.agreements.workers"


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as told:
        yield told


@pytest.fixture(params=VENDORS)
def shop(request: pytest.FixtureRequest, tmp_path: Path, mail: MailServer) -> Iterator[Environment]:
    with own_shop(request.param, tmp_path, EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(mail.port)) as environment:
        yield environment


def _at_once(shop: Environment, command: str, *arguments: str) -> list[str]:
    """What one process an argument printed, all let go together."""
    return finish([start(shop, WORKERS, command, one) for one in arguments])


def test_they_ask_once_and_send_once_whoever_is_killed(shop: Environment, mail: MailServer) -> None:
    _at_once(shop, "make", "4")

    assert sum(map(int, _at_once(shop, "ask", *[DAY] * 4))) == 4
    models = "AgreementNotice, AgreementRequest, AgreementLetter"
    assert ask(shop, f"[m.objects.count() for m in ({models})]") == [4, 12, 4]

    worker = start(shop, WORKERS, "send", DAY)
    mail.at_data = lambda: os.kill(worker.pid, signal.SIGKILL)
    worker.communicate("go\n", timeout=60)
    mail.at_data = None
    assert mail.to == ["u0@example.test"]
    ask(shop, "AgreementLetter.objects.update(leased_until='2026-01-01T00:00:00Z')")
    assert sum(map(int, _at_once(shop, "send", *[DAY] * 3))) == 4

    ids = [(to, one["Message-ID"]) for to, one in mail.taken]
    assert (len(ids), len(set(ids))) == (5, 4)  # the one that was being taken comes twice, under one Message-ID
    assert sum(map(int, _at_once(shop, "ask", *[DAY] * 2))) == 0
