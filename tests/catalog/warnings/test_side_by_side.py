"""Several processes at once, on a database on disk: sweeps that warn once, workers that send once."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalog.mail.server import MailServer, mail_server
from tests.catalog.warnings.making import TODAY
from tests.side_by_side import VENDORS, Environment, ask, finish, own_shop, start

DAY = TODAY.isoformat()
STATES = "dict(Letter.objects.values_list('state').annotate(n=Count('pk')))"


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
    return finish([start(shop, "tests.catalog.warnings.workers", command, one) for one in arguments])


def test_sweeps_at_once_warn_once_and_workers_at_once_send_once(shop: Environment, mail: MailServer) -> None:
    _at_once(shop, "make", "30")

    new = _at_once(shop, "warn", *[DAY] * 4)

    assert sum(map(int, new)) == 30
    assert ask(shop, "[m.objects.count() for m in (Notice, ExpiryWarning, Letter)]") == [3, 30, 3]

    sent = _at_once(shop, "send", *[DAY] * 4)

    assert sum(map(int, sent)) == 3
    assert sorted(mail.to) == ["u0@example.test", "u1@example.test", "u2@example.test"]
    assert ask(shop, STATES) == {"sent": 3}


def test_a_worker_killed_in_its_talk_with_the_server_loses_nothing(shop: Environment, mail: MailServer) -> None:
    _at_once(shop, "make", "3")
    _at_once(shop, "warn", DAY)
    worker = start(shop, "tests.catalog.warnings.workers", "send", DAY)
    mail.at_data = lambda: os.kill(worker.pid, signal.SIGKILL)
    worker.communicate("go\n", timeout=60)
    mail.at_data = None
    assert (mail.to, ask(shop, STATES)) == (["u0@example.test"], {"waiting": 3})

    assert _at_once(shop, "send", DAY) == ["0"]  # the leases of the one that died still hold
    ask(shop, "Letter.objects.update(leased_until='2026-01-01T00:00:00Z')")
    sent = _at_once(shop, "send", DAY, DAY)

    assert sum(map(int, sent)) == 3
    ids = [(to, one["Message-ID"]) for to, one in mail.taken]
    assert (len(ids), len(set(ids)), ids[0] in ids[1:]) == (4, 3, True)
