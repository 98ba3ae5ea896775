"""Registration: a token that proves itself is kept; whatever else comes to the door changes nothing."""

import pytest
from django.test import Client

from catalog.saleor.app.models import StoredToken
from catalog.saleor.app.permissions import PERMISSIONS
from catalog.saleor.app.tokens import store_token, token_for
from catalog.saleor.client import client
from tests.catalog.saleor.app.conftest import NewApp, Register
from tests.contract.receiver import Receiver
from tests.embedded_server import Server, free_port
from tests.holding import held_by_another

pytestmark = pytest.mark.django_db


def told(answer: object) -> tuple[int, str]:
    """The status and the code of a refusal."""
    return answer.status_code, answer.json()["error"]["code"]  # type: ignore[attr-defined]


def test_a_token_that_proves_itself_is_kept_and_used(register: Register, new_app: NewApp, saleor: Server) -> None:
    app_id, token = new_app()

    answer = register(token)

    assert (answer.status_code, answer.json()) == (200, {"success": True})
    row = StoredToken.objects.get()
    assert (row.api_url, row.app_id, token_for(saleor.url)) == (saleor.url, app_id, token)
    assert client().app_of_token().app.id == app_id  # type: ignore[union-attr]


def test_a_repeat_changes_nothing(register: Register, new_app: NewApp, saleor: Server) -> None:
    _, token = new_app()

    assert [register(token).status_code for _ in range(3)] == [200, 200, 200]

    assert (StoredToken.objects.count(), token_for(saleor.url)) == (1, token)


def test_a_later_registration_replaces_the_token(register: Register, new_app: NewApp, saleor: Server) -> None:
    register(new_app()[1])
    second_id, second = new_app()

    assert register(second).status_code == 200

    assert (StoredToken.objects.get().app_id, token_for(saleor.url)) == (second_id, second)


def test_more_permissions_than_needed_do_no_harm(register: Register, new_app: NewApp) -> None:
    assert register(new_app(permissions=(*PERMISSIONS, "MANAGE_MENUS"))[1]).status_code == 200


@pytest.fixture
def before(saleor: Server) -> str:
    """A token from an earlier registration."""
    store_token(saleor.url, "earlier", "QXBwOjE=")
    return "earlier"


def test_a_forged_token_is_refused(register: Register, before: str, saleor: Server) -> None:
    answer = register("x" * 43)

    assert told(answer) == (401, "registration_token_refused")
    assert answer.json()["success"] is False
    assert token_for(saleor.url) == before


def test_another_apps_token_is_refused(register: Register, new_app: NewApp, before: str, saleor: Server) -> None:
    answer = register(new_app("vn.another.app")[1])

    assert told(answer) == (403, "registration_other_app")
    assert token_for(saleor.url) == before


@pytest.mark.parametrize("missing", PERMISSIONS)
def test_an_app_that_may_too_little_is_refused(
    register: Register, new_app: NewApp, before: str, saleor: Server, missing: str
) -> None:
    answer = register(new_app(permissions=tuple(one for one in PERMISSIONS if one != missing))[1])

    assert told(answer) == (403, "registration_permissions_missing")
    assert answer.json()["error"]["message"].endswith(f": {missing}.")
    assert token_for(saleor.url) == before


def test_a_stopped_app_is_refused(register: Register, new_app: NewApp, before: str, saleor: Server) -> None:
    app_id, token = new_app()
    saleor.post("mutation($id: ID!) { appDeactivate(id: $id) { errors { code } } }", {"id": app_id})

    assert told(register(token)) == (401, "registration_token_refused")
    assert token_for(saleor.url) == before


@pytest.mark.parametrize(
    "change", ["{}evil/", "{}?x=1", "{}#x", "https{}", "", "nonsense", "http://[::1", "file:///etc/"]
)
def test_a_token_for_another_saleor_is_refused(
    register: Register, new_app: NewApp, before: str, saleor: Server, change: str
) -> None:
    url = change.format(saleor.url.removeprefix("http") if change.startswith("https{") else saleor.url)

    assert told(register(new_app()[1], url)) == (403, "registration_other_saleor")
    assert token_for(saleor.url) == before


def test_the_case_of_the_host_does_not_matter(register: Register, new_app: NewApp, saleor: Server, settings) -> None:
    settings.SALEOR_API_URL = saleor.url.replace("127.0.0.1", "localhost")

    answer = register(new_app()[1], settings.SALEOR_API_URL.replace("localhost", "LOCALHOST"))

    assert answer.status_code == 200
    assert token_for(settings.SALEOR_API_URL)


def test_nobody_can_make_us_call_an_address_of_his(register: Register, saleor: Server) -> None:
    with Receiver() as stranger:
        answer = register("x" * 43, stranger.url)

        assert told(answer) == (403, "registration_other_saleor")
        assert stranger.deliveries == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"nonsense", b"[]", b"null", b'"token"', b"{}", b'{"auth_token": null}', b'{"auth_token": 12345678}',
        b'{"auth_token": ["a"]}', b'{"auth_token": ""}', b'{"auth_token": "short"}', b'{"auth_token": "a b c d e f"}',
        b'{"auth_token": "abcdefgh\\nX-Evil: 1"}', "{\"auth_token\": \"mật-khẩu-dài\"}".encode(), b"[" * 4000,
        b'{"auth_token": "' + b"x" * 600 + b'"}',
    ],
)  # fmt: skip
def test_what_is_no_registration_is_refused(register: Register, before: str, saleor: Server, body: bytes) -> None:
    assert told(register(body)) == (400, "registration_malformed")
    assert token_for(saleor.url) == before


def test_a_huge_body_is_refused_unread(register: Register, before: str, saleor: Server) -> None:
    assert told(register(b"x" * 5_000)) == (413, "webhook_too_large")
    assert told(register(b"x" * 5_000_000)) == (413, "webhook_too_large")
    assert token_for(saleor.url) == before


def test_a_silent_saleor_changes_nothing(register: Register, settings) -> None:
    settings.SALEOR_API_URL = f"http://127.0.0.1:{free_port()}/graphql/"
    store_token(settings.SALEOR_API_URL, "earlier", "QXBwOjE=")

    assert told(register("x" * 43, settings.SALEOR_API_URL)) == (503, "saleor_unavailable")
    assert token_for(settings.SALEOR_API_URL) == "earlier"


def test_one_registration_at_a_time(register: Register, new_app: NewApp, before: str, saleor: Server) -> None:
    _, token = new_app()
    with held_by_another("registration"):
        assert told(register(token)) == (503, "registration_busy")
        assert token_for(saleor.url) == before

    assert register(token).status_code == 200


def test_a_get_is_no_registration(saleor: Server) -> None:
    assert Client().get("/hooks/saleor/register/").status_code == 405
