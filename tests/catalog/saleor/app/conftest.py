"""Apps on a real embedded server, and the shop's door for registrations."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from catalog.saleor.app.manifest import IDENTIFIER
from catalog.saleor.app.permissions import PERMISSIONS
from tests.embedded_server import Server

CREATE = "mutation($i: AppInput!) { appCreate(input: $i) { authToken app { id } errors { field code } } }"
NewApp = Callable[..., tuple[str, str]]
Register = Callable[..., HttpResponse]


@pytest.fixture
def saleor(embedded_server: Server, settings: Any, db: None) -> Server:
    """The server that the settings name; the shop has no token for it yet."""
    settings.SALEOR_API_URL, settings.SALEOR_APP_TOKEN = embedded_server.url, ""
    return embedded_server


@pytest.fixture
def new_app(saleor: Server) -> NewApp:
    """Make an app on the server: its id and its token."""

    def make(identifier: str = IDENTIFIER, permissions: tuple[str, ...] = PERMISSIONS) -> tuple[str, str]:
        facts = {"name": "Chợ Sao", "identifier": identifier, "permissions": list(permissions)}
        made = saleor.post(CREATE, {"i": facts})["data"]["appCreate"]
        assert made["errors"] == []
        return made["app"]["id"], made["authToken"]

    return make


@pytest.fixture
def register(saleor: Server) -> Register:
    """Post a token, or a raw body, to the shop's door as Saleor does."""
    shop = Client(enforce_csrf_checks=True)

    def post(token: object, url: str | None = None) -> HttpResponse:
        body = token if isinstance(token, bytes) else json.dumps({"auth_token": token}).encode()
        headers = {"Saleor-Api-Url": saleor.url if url is None else url, "Saleor-Domain": "127.0.0.1",
                   "Saleor-Schema-Version": "3.23"}  # fmt: skip
        return shop.post("/hooks/saleor/register/", body, content_type="application/json", headers=headers)

    return post
