"""Several processes at once, on a database on disk: one reminder of a double click, each letter made and sent once."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalog.mail.server import MailServer, mail_server
from tests.side_by_side import VENDORS, Environment, ask, finish, own_shop, start

WORKERS = "tests.catalog.reminders.workers"
STATES = "dict(ReminderLetter.objects.values_list('state').annotate(n=Count('pk')))"


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


def test_each_letter_is_made_and_sent_once(shop: Environment, mail: MailServer) -> None:
    _at_once(shop, "prepare", "8")
    assert _at_once(shop, "ask", *["an@example.test"] * 3) == ["9"] * 3
    assert ask(shop, STATES) == {"waiting": 1}

    assert sum(map(int, _at_once(shop, "tell", *"abcd"))) == 8
    assert sum(map(int, _at_once(shop, "work", *"abcd"))) == 9
    assert sorted(mail.to) == sorted(["an@example.test", *(f"u{n}@example.test" for n in range(8))])
    assert ask(shop, STATES) == {"sent": 9}


def test_a_worker_killed_in_its_talk_with_the_server_loses_nothing(shop: Environment, mail: MailServer) -> None:
    _at_once(shop, "prepare", "3")
    worker = start(shop, WORKERS, "work", "")
    mail.at_data = lambda: os.kill(worker.pid, signal.SIGKILL)
    worker.communicate("go\n", timeout=60)
    mail.at_data = None
    assert (len(mail.to), ask(shop, STATES)) == (1, {"waiting": 3})

    ask(shop, "ReminderLetter.objects.update(leased_until='2026-01-01T00:00:00Z')")
    assert sum(map(int, _at_once(shop, "work", "a", "b"))) == 3
    ids = [(to, one["Message-ID"]) for to, one in mail.taken]
    assert (len(ids), len(set(ids)), ids[0] in ids[1:]) == (4, 3, True)
