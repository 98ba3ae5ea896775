"""What a server says of manifests that are wrong, and of apps that do not take their token."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from catalog.saleor.webhooks.subscription import QUERY
from tests.contract.shop import fresh
from tests.contract.staff import Staff

FETCH = """mutation($url: String!) { appFetchManifest(manifestUrl: $url) {
  errors { field code message } manifest { identifier requiredSaleorVersion { constraint satisfied } }
} }"""


class Stranger:
    """Another app: serves `manifest`, and answers its token with `status` and `answer`."""

    def __init__(self) -> None:
        self.manifest: Any = None
        self.status, self.answer = 200, b""
        self.posted: list[tuple[dict[str, str], bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = outer.manifest if isinstance(outer.manifest, bytes) else json.dumps(outer.manifest).encode()
                self._send(404 if outer.manifest is None else 200, body)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.posted.append(({name.title(): value for name, value in self.headers.items()}, body))
                self._send(outer.status, outer.answer)

            def _send(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/manifest.json"
        self.good = {
            "id": fresh("test.stranger-"), "name": "Stranger", "version": "1.0.0", "permissions": ["MANAGE_PRODUCTS"],
            "tokenTargetUrl": self.url,
            "webhooks": [{"name": "Stranger", "targetUrl": self.url, "query": QUERY, "asyncEvents": ["ORDER_UPDATED"]}],
        }  # fmt: skip


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    app = Stranger()
    app.manifest = app.good
    yield app
    app.server.shutdown()
    app.server.server_close()


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"name": None}, "name", "INVALID"),
        ({"permissions": ["MANAGE_NOTHING"]}, "permissions", "INVALID_PERMISSION"),
        ({"tokenTargetUrl": "nowhere"}, "tokenTargetUrl", "INVALID_URL_FORMAT"),
        ({"requiredSaleorVersion": "new"}, "requiredSaleorVersion", "INVALID"),
        (
            {"webhooks": [{"name": "x", "targetUrl": "http://127.0.0.1:99/", "query": "nonsense"}]},
            "webhooks",
            "INVALID",
        ),
        (
            {
                "webhooks": [
                    {"name": "x", "targetUrl": "http://127.0.0.1:99/", "query": QUERY, "asyncEvents": ["NOTHING"]}
                ]
            },
            "webhooks",
            "INVALID",
        ),
    ],
)
def test_a_manifest_with_something_wrong(
    stranger: Stranger, staff: Staff, change: dict[str, Any], field: str, code: str
) -> None:
    stranger.manifest = stranger.good | change

    fetched = staff.run(FETCH, url=stranger.url)

    assert fetched["manifest"] is None
    assert [(error["field"], error["code"]) for error in fetched["errors"]] == [(field, code)]


@pytest.mark.parametrize("name", ["id", "name", "version"])
def test_a_manifest_that_lacks_something(stranger: Stranger, staff: Staff, name: str) -> None:
    stranger.manifest = {key: value for key, value in stranger.good.items() if key != name}

    fetched = staff.run(FETCH, url=stranger.url)

    assert [(error["field"], error["code"]) for error in fetched["errors"]] == [(name, "REQUIRED")]


@pytest.mark.parametrize(
    ("content", "code"), [(None, "MANIFEST_URL_CANT_CONNECT"), (b"<html>", "INVALID_MANIFEST_FORMAT")]
)
def test_what_is_no_manifest(stranger: Stranger, staff: Staff, content: bytes | None, code: str) -> None:
    stranger.manifest = content

    fetched = staff.run(FETCH, url=stranger.url)

    assert [(error["field"], error["code"]) for error in fetched["errors"]] == [("manifestUrl", code)]


def test_a_version_that_does_not_suit_is_told_and_not_installed(stranger: Stranger, staff: Staff) -> None:
    stranger.manifest = stranger.good | {"requiredSaleorVersion": ">=4"}

    fetched = staff.run(FETCH, url=stranger.url)
    ended = staff.install("Stranger", stranger.url, ["MANAGE_PRODUCTS"])

    assert fetched["manifest"]["requiredSaleorVersion"] == {"constraint": ">=4", "satisfied": False}
    assert ended["status"] == "FAILED"
    assert "is not supported by the app" in ended["message"]
    assert stranger.posted == []
    staff.forget(ended["id"])


@pytest.mark.parametrize(
    ("status", "answer", "message"),
    [
        (403, b'{"error": {"message": "No, thank you."}}', "No, thank you."),
        (500, b"oops", "App internal error (500). Try later or contact with app support."),
    ],
)
def test_an_app_that_does_not_take_its_token_is_not_installed(
    stranger: Stranger, staff: Staff, status: int, answer: bytes, message: str
) -> None:
    stranger.status, stranger.answer = status, answer

    ended = staff.install("Stranger", stranger.url, ["MANAGE_PRODUCTS"])

    assert (ended["status"], ended["message"]) == ("FAILED", message)
    ((headers, body),) = stranger.posted
    token = json.loads(body)["auth_token"]
    assert headers["Saleor-Api-Url"] == staff.url
    assert headers["Saleor-Schema-Version"] == "3.23"
    assert headers["Saleor-Domain"] == headers["X-Saleor-Domain"] == staff.url.split("/")[2]
    visitor = Staff(staff.url, token)
    with pytest.raises(AssertionError, match="PermissionDenied"):
        visitor.run("{ app { id } }")
    staff.forget(ended["id"])


def test_what_is_under_way_or_unknown_cannot_be_retried_or_forgotten(staff: Staff) -> None:
    for mutation in ("appRetryInstall", "appDeleteFailedInstallation"):
        told = staff.run(
            f'mutation {{ {mutation}(id: "QXBwSW5zdGFsbGF0aW9uOjk5OTk5OQ==") {{ errors {{ field code }} }} }}'
        )
        assert told["errors"] == [{"field": "id", "code": "NOT_FOUND"}]
