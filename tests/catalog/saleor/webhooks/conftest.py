"""A Saleor that publishes keys over HTTP and signs deliveries."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from catalog import clock
from catalog.saleor.errors import SaleorUnavailable
from catalog.saleor.setup import CHANNEL
from tests.catalog.saleor.webhooks.signing import Signer


@pytest.fixture
def signer(settings) -> Iterator[Signer]:
    """The Saleor that the settings name; its keys lie on a free port of this machine."""
    signer = Signer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                body, status = json.dumps(signer.jwks()).encode(), 200
            except SaleorUnavailable:
                body, status = b"", 503
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings.SALEOR_API_URL = f"http://127.0.0.1:{server.server_port}/graphql/"
    yield signer
    server.shutdown()
    server.server_close()


Deliver = Callable[..., HttpResponse]


@pytest.fixture
def deliver(signer: Signer, settings, client: Client) -> Deliver:
    """Post a delivery to the shop's door: a body (or what it says), signed unless told otherwise."""

    def post(told: dict[str, Any] | bytes, **headers: str) -> HttpResponse:
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        given = {"Saleor-Api-Url": settings.SALEOR_API_URL, "Saleor-Signature": signer.sign(body)} | headers
        return client.post("/hooks/saleor/", body, content_type="application/json", headers=given)

    return post


def order(key: str = "T3JkZXI6MQ==", name: str = "OrderUpdated", **more: Any) -> dict[str, Any]:
    """What Saleor tells of an order of our channel."""
    told = {"__typename": name, "issuedAt": clock.now().isoformat(), "recipient": {"id": "QXBwOjE="}}
    return told | {"order": {"id": key, "channel": {"slug": CHANNEL}}} | more


def variant(key: str | None = "ABCDEFG-1", name: str = "ProductVariantUpdated", **more: Any) -> dict[str, Any]:
    """What Saleor tells of a variant."""
    told = {"__typename": name, "issuedAt": clock.now().isoformat(), "recipient": {"id": "QXBwOjE="}}
    return told | {"productVariant": {"id": "UHJvZHVjdFZhcmlhbnQ6MQ==", "externalReference": key}} | more


def product(key: str | None = "ABCDEFG", name: str = "ProductUpdated", **more: Any) -> dict[str, Any]:
    """What Saleor tells of a product."""
    told = {"__typename": name, "issuedAt": clock.now().isoformat(), "recipient": {"id": "QXBwOjE="}}
    return told | {"product": {"id": "UHJvZHVjdDox", "externalReference": key}} | more
