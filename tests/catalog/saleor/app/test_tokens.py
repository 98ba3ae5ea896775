"""Tokens: encrypted at rest, opened by any key, noticed by a running process, refused in words when no key fits."""

import pytest
from cryptography.fernet import Fernet

from catalog.saleor.app.errors import BadTokenKeys, TokenUnreadable
from catalog.saleor.app.models import StoredToken
from catalog.saleor.app.tokens import rotate_keys, store_token, token_for
from catalog.saleor.client import client

pytestmark = pytest.mark.django_db
HERE, THERE = "https://one.example/graphql/", "https://two.example/graphql/"


@pytest.fixture
def keys(settings) -> list[str]:
    """Two keys; the first one encrypts."""
    settings.SALEOR_TOKEN_KEYS = [Fernet.generate_key().decode() for _ in range(2)]
    return settings.SALEOR_TOKEN_KEYS


def test_a_token_is_kept_for_its_own_saleor_and_not_in_the_clear(keys) -> None:
    store_token(HERE, "token-of-one", "QXBwOjE=")

    assert (token_for(HERE), token_for(THERE)) == ("token-of-one", "")
    row = StoredToken.objects.get()
    assert (row.api_url, row.app_id) == (HERE, "QXBwOjE=")
    assert "token-of-one" not in row.secret
    assert Fernet(keys[0]).decrypt(row.secret.encode()) == b"token-of-one"


def test_a_new_token_takes_the_place_of_the_old_one(keys) -> None:
    store_token(HERE, "old", "QXBwOjE=")
    store_token(HERE, "new", "QXBwOjI=")

    assert token_for(HERE) == "new"
    assert StoredToken.objects.values_list("app_id", flat=True).get() == "QXBwOjI="


def test_every_key_opens_and_after_rotation_the_first_alone_does(keys, settings) -> None:
    settings.SALEOR_TOKEN_KEYS = keys[1:]
    store_token(HERE, "kept", "QXBwOjE=")
    settings.SALEOR_TOKEN_KEYS = keys
    assert token_for(HERE) == "kept"

    assert rotate_keys() == 1

    settings.SALEOR_TOKEN_KEYS = keys[:1]
    assert token_for(HERE) == "kept"


def test_a_lost_key_is_said_in_words_and_changes_nothing(keys, settings) -> None:
    store_token(HERE, "kept", "QXBwOjE=")
    settings.SALEOR_TOKEN_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(TokenUnreadable) as refused:
        token_for(HERE)
    with pytest.raises(TokenUnreadable):
        rotate_keys()

    assert refused.value.code == "saleor_token_unreadable"
    assert "CHOSAO_TOKEN_KEYS" in refused.value.message("vi")
    assert HERE in refused.value.message("en")
    settings.SALEOR_TOKEN_KEYS = keys
    assert token_for(HERE) == "kept"


@pytest.mark.parametrize("wrong", [["short"], [""], []])
def test_what_is_no_key_is_refused(settings, wrong: list[str]) -> None:
    settings.SALEOR_TOKEN_KEYS = wrong

    with pytest.raises(BadTokenKeys):
        store_token(HERE, "t", "QXBwOjE=")

    assert not StoredToken.objects.exists()


def test_the_client_uses_a_token_from_the_moment_it_is_registered(keys, settings) -> None:
    settings.SALEOR_API_URL, settings.SALEOR_APP_TOKEN = HERE, ""
    assert "Authorization" not in client().headers

    store_token(HERE, "first", "QXBwOjE=")
    first = client()
    store_token(HERE, "second", "QXBwOjE=")

    assert first.headers["Authorization"] == "Bearer first"
    assert client().headers["Authorization"] == "Bearer second"
    assert client() is client(), "one connection pool for one token"


def test_a_token_in_the_environment_comes_first(keys, settings, django_assert_num_queries) -> None:
    settings.SALEOR_API_URL, settings.SALEOR_APP_TOKEN = HERE, "given"
    store_token(HERE, "registered", "QXBwOjE=")

    with django_assert_num_queries(0):
        assert client().headers["Authorization"] == "Bearer given"


def test_a_key_is_made_once_and_only_its_owner_reads_it(home) -> None:
    path = home / "token_keys"

    assert path.stat().st_mode & 0o777 == 0o600
    assert Fernet(path.read_text())
