"""`./chosao saleor replay` and `rotate-token-key`."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from cryptography.fernet import Fernet

from catalog import clock
from catalog.saleor.app.tokens import store_token, token_for
from catalog.saleor.models import InboxMessage
from deploy.cli.saleor import saleor

pytestmark = pytest.mark.django_db
API = "https://saleor.example/graphql/"


def run(*arguments: str) -> Result:
    """The command's outcome."""
    return CliRunner().invoke(saleor, list(arguments))


@pytest.fixture
def _messages() -> None:
    """One that is done, from two days ago; one given up; one that waits."""
    now = clock.now()
    facts = {"issued_at": now, "available_at": now, "event": "OrderUpdated"}
    InboxMessage.objects.create(digest="done", key="done", done_at=now, **facts)
    InboxMessage.objects.create(digest="dead", key="dead", given_up_at=now, attempts=20, **facts)
    InboxMessage.objects.create(digest="waits", key="waits", **facts)
    InboxMessage.objects.filter(key="done").update(received_at=now - timedelta(days=2))


def waiting() -> set[str]:
    """Keys of what is due."""
    return set(InboxMessage.objects.waiting().values_list("key", flat=True))


@pytest.mark.usefixtures("_messages")
def test_what_was_given_up_is_due_again() -> None:
    done = run("replay", "--given-up", "--json")

    assert (done.exit_code, json.loads(done.stdout)) == (0, {"replayed": 1})
    assert waiting() == {"dead", "waits"}


@pytest.mark.usefixtures("_messages")
def test_what_came_since_a_moment_is_due_again() -> None:
    since = (clock.now() - timedelta(days=3)).astimezone(clock.TIME_ZONE)

    done = run("replay", "--since", f"{since:%Y-%m-%d %H:%M:%S}", "--event", "OrderUpdated")

    assert (done.exit_code, done.stdout) == (0, "2 messages are due again\n")
    assert waiting() == {"done", "dead", "waits"}


@pytest.mark.usefixtures("_messages")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "say which: --since, --event or --given-up"),
        (("--event", "OrderPaid"), "there is no event 'OrderPaid'; there are: OrderConfirmed, OrderCreated, OrderUpd"),
        (("--since", "yesterday"), "does not match the formats"),
    ],
)
def test_a_wrong_call_changes_nothing(arguments: tuple[str, ...], told: str) -> None:
    done = run("replay", *arguments)

    assert done.exit_code == 2
    assert told in done.output
    assert waiting() == {"waits"}


def test_after_the_rotation_the_first_key_alone_opens_the_token(settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.SALEOR_TOKEN_KEYS = [old]
    store_token(API, "secret-token", "QXBwOjE=")
    settings.SALEOR_TOKEN_KEYS = [new, old]

    done = run("rotate-token-key")

    assert (done.exit_code, done.stdout) == (0, "1 tokens are encrypted with the first key\n")
    settings.SALEOR_TOKEN_KEYS = [new]
    assert token_for(API) == "secret-token"


def test_a_rotation_without_the_old_key_is_told_in_one_sentence(settings) -> None:
    settings.SALEOR_TOKEN_KEYS = [Fernet.generate_key().decode()]
    store_token(API, "secret-token", "QXBwOjE=")
    settings.SALEOR_TOKEN_KEYS = [Fernet.generate_key().decode()]

    done = run("rotate-token-key")

    assert done.exit_code == 1
    assert "Put the missing key back into CHOSAO_TOKEN_KEYS" in done.output
    assert "Traceback" not in done.output
