"""What `up` does for our app on the embedded server: a token that works, encrypted, whatever it finds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from catalog.saleor.app.manifest import IDENTIFIER
from catalog.saleor.app.models import StoredToken
from catalog.saleor.app.permissions import PERMISSIONS
from catalog.saleor.app.registration import Proof, prove
from catalog.saleor.app.tokens import store_token, token_for
from deploy.cli.embedded_app import ensure_registered
from tests.embedded_server import Server

pytestmark = pytest.mark.django_db
Registered = Callable[[], str]


@pytest.fixture
def registered(embedded_server: Server, settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Registered:
    """Run it on the server's own data; the token that is stored then. It works, and may just what we need."""
    monkeypatch.setenv("CHOSAO_HOME", str(embedded_server.home))
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    settings.HOME, settings.SALEOR_API_URL, settings.SALEOR_APP_TOKEN = tmp_path, embedded_server.url, ""

    def run() -> str:
        ensure_registered()
        row, token = StoredToken.objects.get(), token_for(embedded_server.url)
        assert prove(embedded_server.url, token) == Proof(row.app_id, IDENTIFIER, frozenset(PERMISSIONS))
        return token

    return run


def test_a_token_that_works_is_kept(registered: Registered) -> None:
    assert registered() == registered()


def test_what_once_lay_in_the_clear_is_gone(registered: Registered, tmp_path: Path) -> None:
    old = tmp_path / "saleor_app_token"
    old.write_text("in the clear")

    registered()

    assert not old.exists()


def test_a_token_that_the_server_forgot_is_replaced(registered: Registered, embedded_server: Server) -> None:
    first = registered()
    embedded_server.manage(
        "ensure_app", "--name", "Chợ Sao", "--identifier", IDENTIFIER, "--permissions", ",".join(PERMISSIONS)
    )

    assert registered() != first


def test_a_token_that_no_key_opens_is_replaced(registered: Registered, settings) -> None:
    first = registered()
    settings.SALEOR_TOKEN_KEYS = [Fernet.generate_key().decode()]

    assert registered() != first


@pytest.mark.parametrize("permissions", ["MANAGE_PRODUCTS", ",".join((*PERMISSIONS, "MANAGE_APPS"))])
def test_an_app_that_may_less_or_more_than_it_needs_is_put_right(
    registered: Registered, embedded_server: Server, permissions: str
) -> None:
    issued = embedded_server.manage(
        "ensure_app", "--name", "Chợ Sao", "--identifier", IDENTIFIER, "--permissions", permissions
    ).strip()
    store_token(embedded_server.url, issued, "QXBwOjE=")

    assert registered() != issued


def test_a_token_in_the_environment_is_left_alone(registered: Registered, settings) -> None:
    settings.SALEOR_APP_TOKEN = "given"

    ensure_registered()

    assert not StoredToken.objects.exists()
