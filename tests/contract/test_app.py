"""The shop installed as an app, from its manifest: by the server's own rules, and in one end state."""

from collections.abc import Iterator
from typing import Any

import pytest

from catalog.saleor.app import manifest as manifests
from catalog.saleor.app import registration
from catalog.saleor.app.manifest import manifest
from catalog.saleor.app.models import StoredToken
from catalog.saleor.app.permissions import PERMISSIONS
from catalog.saleor.app.tokens import store_token, token_for
from catalog.saleor.client import Saleor, client
from catalog.saleor.setup.changes import make
from catalog.saleor.setup.subscriptions import plan_webhook
from catalog.saleor.webhooks.subscription import EVENTS, HOOK_PATH, NAME, QUERY
from tests.contract.shop import fresh
from tests.contract.staff import Staff
from tests.embedded_server import free_port

pytestmark = pytest.mark.django_db(transaction=True)

FETCH = """mutation($url: String!) { appFetchManifest(manifestUrl: $url) {
  errors { field code message }
  manifest {
    identifier name version about author appUrl tokenTargetUrl homepageUrl supportUrl dataPrivacyUrl
    permissions { code } requiredSaleorVersion { constraint satisfied }
    webhooks { name targetUrl asyncEvents query }
  }
} }"""


class Door:
    """The shop's own web server, on a free port, with an identifier of this test's own."""

    def __init__(self, url: str, identifier: str) -> None:
        self.url = url
        self.identifier = identifier
        self.manifest = f"{url}/hooks/saleor/manifest.json"


@pytest.fixture
def door(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch, api: Saleor) -> Iterator[Door]:
    identifier = fresh("vn.chosao.test-")
    monkeypatch.setattr(manifests, "IDENTIFIER", identifier)
    monkeypatch.setattr(registration, "IDENTIFIER", identifier)
    settings.PUBLIC_URL, settings.SALEOR_API_URL, settings.SALEOR_APP_TOKEN = live_server.url, api.url, ""
    return Door(live_server.url, identifier)


def installed(staff: Staff, door: Door) -> dict[str, Any]:
    """The app that the stored token belongs to, as it says of itself; it is removed when the test ends."""
    me = Staff(staff.url, token_for(staff.url))
    app = me.run("{ app { id identifier isActive type permissions { code } webhooks { name targetUrl isActive } } }")
    staff.apps = [app["id"]]
    return app


def test_the_manifest_is_accepted(door: Door, staff: Staff) -> None:
    fetched = staff.run(FETCH, url=door.manifest)

    assert fetched["errors"] == []
    told, own = fetched["manifest"], manifest()
    assert told["identifier"] == door.identifier
    assert {code["code"] for code in told["permissions"]} == set(PERMISSIONS)
    assert told["requiredSaleorVersion"] == {"constraint": ">=3.23 <4", "satisfied": True}
    (hook,) = told["webhooks"]
    assert (hook["name"], hook["targetUrl"]) == (NAME, door.url + HOOK_PATH)
    assert set(hook["asyncEvents"]) == set(EVENTS)
    for name in ("name", "version", "about", "author", "appUrl", "homepageUrl", "supportUrl", "dataPrivacyUrl"):
        assert told[name] == own[name]


def test_an_installation_ends_with_a_token_a_webhook_and_an_active_app(door: Door, staff: Staff) -> None:
    ended = staff.install("Chợ Sao", door.manifest, list(PERMISSIONS))

    assert ended["status"] == "SUCCESS", ended
    app = installed(staff, door)
    assert (app["identifier"], app["isActive"], app["type"]) == (door.identifier, True, "THIRDPARTY")
    assert {code["code"] for code in app["permissions"]} == set(PERMISSIONS)
    assert app["webhooks"] == [{"name": NAME, "targetUrl": door.url + HOOK_PATH, "isActive": True}]
    assert StoredToken.objects.get().app_id == app["id"]
    assert list(plan_webhook(client(), door.url + HOOK_PATH)) == [], "the set-up takes over what the manifest made"


def test_an_app_made_by_hand_ends_in_the_same_state(door: Door, staff: Staff, api: Saleor) -> None:
    app_id, token = staff.make_app("Chợ Sao", list(PERMISSIONS), door.identifier)
    store_token(api.url, token, app_id)

    make(plan_webhook(client(), door.url + HOOK_PATH))
    assert list(plan_webhook(client(), door.url + HOOK_PATH)) == []

    proof = registration.prove(api.url, token_for(api.url))
    assert proof == registration.Proof(app_id, door.identifier, frozenset(PERMISSIONS))
    app = installed(staff, door)
    assert app["webhooks"] == [{"name": NAME, "targetUrl": door.url + HOOK_PATH, "isActive": True}]


def test_of_two_webhooks_of_our_name_one_is_switched_off(door: Door, staff: Staff, api: Saleor) -> None:
    app_id, token = staff.make_app("Chợ Sao", list(PERMISSIONS), door.identifier)
    store_token(api.url, token, app_id)
    facts = {"name": NAME, "targetUrl": f"{door.url}/elsewhere/", "query": QUERY, "isActive": True}
    for _ in range(2):
        made = Staff(api.url, token).run(
            "mutation($i: WebhookCreateInput!) { webhookCreate(input: $i) { errors { message } } }", i=facts
        )
        assert made["errors"] == []

    make(plan_webhook(client(), door.url + HOOK_PATH))

    hooks = installed(staff, door)["webhooks"]
    assert [hook["isActive"] for hook in hooks].count(True) == 1
    assert next(hook for hook in hooks if hook["isActive"])["targetUrl"] == door.url + HOOK_PATH
    assert list(plan_webhook(client(), door.url + HOOK_PATH)) == []


def test_an_installation_with_too_few_permissions_fails_and_says_why(door: Door, staff: Staff, api: Saleor) -> None:
    store_token(api.url, "before", "QXBwOjE=")

    ended = staff.install("Chợ Sao", door.manifest, ["MANAGE_PRODUCTS"])

    assert ended["status"] == "FAILED"
    assert ended["message"].startswith("The app was not given all the permissions that it needs in Saleor: HANDLE_CH")
    assert token_for(api.url) == "before"
    staff.forget(ended["id"])


def test_an_app_that_is_not_activated_cannot_prove_its_token(door: Door, staff: Staff, api: Saleor) -> None:
    ended = staff.install("Chợ Sao", door.manifest, list(PERMISSIONS), activate=False)

    assert (ended["status"], token_for(api.url)) == ("FAILED", "")
    assert ended["message"] == "Saleor does not take this token. Let the app be activated when it is installed."
    retried = staff.run(
        """mutation($id: ID!) {
          appRetryInstall(id: $id, activateAfterInstallation: true) { appInstallation { status } errors { code } }
        }""",
        id=ended["id"],
    )
    assert retried["errors"] == []
    assert staff.wait(ended["id"])["status"] == "SUCCESS"
    assert installed(staff, door)["isActive"]


def test_installed_again_the_new_token_takes_the_place_of_the_old(door: Door, staff: Staff, api: Saleor) -> None:
    assert staff.install("Chợ Sao", door.manifest, list(PERMISSIONS))["status"] == "SUCCESS"
    first, token = installed(staff, door), token_for(api.url)

    twice = staff.install("Chợ Sao", door.manifest, list(PERMISSIONS))
    assert twice["status"] == "FAILED"
    assert "App with the same identifier is already installed" in twice["message"]
    assert token_for(api.url) == token
    staff.forget(twice["id"])
    staff.delete_app(first["id"])

    assert staff.install("Chợ Sao", door.manifest, list(PERMISSIONS))["status"] == "SUCCESS"
    second = installed(staff, door)
    assert second["id"] != first["id"]
    assert token_for(api.url) != token
    assert registration.prove(api.url, token) is None, "the old token opens nothing any more"


def test_a_shop_that_does_not_answer_is_said_so(door: Door, staff: Staff) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/hooks/saleor/manifest.json"

    fetched = staff.run(FETCH, url=nowhere)
    ended = staff.install("Chợ Sao", nowhere, list(PERMISSIONS))

    assert [(error["field"], error["code"]) for error in fetched["errors"]] == [("manifestUrl", "INVALID")]
    assert ended["status"] == "FAILED"
    assert ended["message"] == "Failed to connect to app. Try later or contact with app support."
    staff.forget(ended["id"])
