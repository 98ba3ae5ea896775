"""Somebody at Saleor's dashboard. On the embedded server, where there are no people, an app that may do everything."""

import os
import time
from typing import Any

import httpx
import pytest

PATIENCE = 40  # seconds that an installation may take
LOGIN = {name: os.environ.get(name, "") for name in ("SALEOR_STAFF_EMAIL", "SALEOR_STAFF_PASSWORD")}
_INSTALLATIONS = "{ appsInstallations { id appName status message } }"


class Staff:
    """Runs documents with a token that may manage apps, and cleans up what it installed."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token
        self.apps: list[str] = []

    @classmethod
    def log_in(cls, url: str) -> "Staff":
        """With the login that the environment gives; the test is skipped without one."""
        if not all(LOGIN.values()):
            pytest.skip("SALEOR_STAFF_EMAIL and SALEOR_STAFF_PASSWORD are not set")
        visitor = cls(url, "")
        made = visitor.run(
            "mutation($e: String!, $p: String!) { tokenCreate(email: $e, password: $p) { token errors { message } } }",
            e=LOGIN["SALEOR_STAFF_EMAIL"], p=LOGIN["SALEOR_STAFF_PASSWORD"],
        )  # fmt: skip
        return cls(url, made["token"])

    def run(self, query: str, **variables: Any) -> Any:
        """The first field of the answer; an assertion error for an error of the request."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = httpx.post(self.url, json={"query": query, "variables": variables}, headers=headers, timeout=60).json()
        assert not answer.get("errors"), answer
        return next(iter(answer["data"].values()))

    def make_app(self, name: str, permissions: list[str], identifier: str = "") -> tuple[str, str]:
        """An app made by hand: its id and its token."""
        made = self.run(
            "mutation($i: AppInput!) { appCreate(input: $i) { authToken app { id } errors { field message } } }",
            i={"name": name, "permissions": permissions} | ({"identifier": identifier} if identifier else {}),
        )
        assert not made["errors"], made
        self.apps.append(made["app"]["id"])
        return made["app"]["id"], made["authToken"]

    def install(self, name: str, manifest: str, permissions: list[str], *, activate: bool = True) -> dict[str, Any]:
        """Ask for an installation and wait for its end: its last state, SUCCESS when it is gone from the list."""
        asked = self.run(
            """mutation($i: AppInstallInput!) {
              appInstall(input: $i) { appInstallation { id status } errors { field code message } }
            }""",
            i={"appName": name, "manifestUrl": manifest, "permissions": permissions,
               "activateAfterInstallation": activate},
        )  # fmt: skip
        assert not asked["errors"], asked
        assert asked["appInstallation"]["status"] == "PENDING"
        return self.wait(asked["appInstallation"]["id"])

    def wait(self, installation: str) -> dict[str, Any]:
        """The end of an installation."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = next((one for one in self.run(_INSTALLATIONS) if one["id"] == installation), None)
            if found is None:
                return {"id": installation, "status": "SUCCESS", "message": None}
            if found["status"] == "FAILED":
                return found
            time.sleep(0.2)
        raise AssertionError("the installation does not end")

    def forget(self, installation: str) -> None:
        """Delete a failed installation."""
        gone = self.run(
            "mutation($id: ID!) { appDeleteFailedInstallation(id: $id) { errors { code } } }", id=installation
        )
        assert gone["errors"] == []

    def delete_app(self, app_id: str) -> None:
        """Remove an app."""
        gone = self.run("mutation($id: ID!) { appDelete(id: $id) { errors { code message } } }", id=app_id)
        assert gone["errors"] == []
        if app_id in self.apps:
            self.apps.remove(app_id)

    def clean_up(self) -> None:
        """Remove every app that was made and not removed."""
        for app_id in list(self.apps):
            self.delete_app(app_id)
