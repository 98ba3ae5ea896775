"""The registry feed over HTTP, from a real server of this test: pages, ETag, 429 with Retry-After, deltas, lateness."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from catalog.certificates.services import is_listed
from catalog.products.models import Product
from ocop_sync.errors import SourceStale, SourceUnusable
from ocop_sync.runs.services import run_sync

pytestmark = pytest.mark.django_db


def item(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "registry_id": f"LD-{number}",
        "product_name": f"Mứt dâu {number}",
        "producer": {"name": f"HTX Thử {number}", "type": "cooperative"},
        "category": "Thực phẩm",
        "product_set": 7,
        "address": "Phường Xuân Hương - Đà Lạt, tỉnh Lâm Đồng",
        "recognitions": [
            {"star": 4, "decision_number": "1207/QĐ-UBND", "authority": "UBND tỉnh Lâm Đồng",
             "issued_on": "2026-03-02", "expires_on": "2029-03-02", "status": "valid"}
        ],
        "evidence": "A",
        "deleted": False,
        **changes,
    }  # fmt: skip


class Registry:
    """A feed that serves `items` two a page; `refuse` answers 429 that many times; `asked` remembers the queries."""

    def __init__(self) -> None:
        self.items = [item(n) for n in range(1, 6)]
        self.as_of, self.refuse, self.broken = "2026-11-23T00:00:00+07:00", 0, False
        self.asked: list[dict[str, list[str]]] = []
        self.tokens: list[str | None] = []

    def answer(self, query: dict[str, list[str]], etag: str | None) -> tuple[int, dict[str, str], Any]:
        self.asked.append(query)
        if self.refuse:
            self.refuse -= 1
            return 429, {"Retry-After": "0"}, {}
        if etag == f'"{self.as_of}"':
            return 304, {}, None
        start = int(query.get("cursor", ["0"])[0])
        rest = start + 2 < len(self.items)
        page = {"as_of": self.as_of, "items": self.items[start : start + 2]}
        page["next_cursor"] = str(start + 2) if rest else None
        return (500 if self.broken and start else 200), {"ETag": f'"{self.as_of}"'}, page


@pytest.fixture
def registry() -> Iterator[tuple[Registry, str]]:
    told = Registry()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.tokens.append(self.headers.get("Authorization"))
            query = parse_qs(urlsplit(self.path).query)
            status, headers, body = told.answer(query, self.headers.get("If-None-Match"))
            content = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield told, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_all_pages_are_read_with_the_token(registry: tuple[Registry, str]) -> None:
    told, url = registry
    told.refuse = 2

    report = run_sync(url, source_name="so", token="bi-mat")

    assert (report.read, report.listed, Product.objects.count()) == (5, 5, 5)
    assert set(told.tokens) == {"Bearer bi-mat"}


def test_an_unchanged_feed_is_not_read_again(registry: tuple[Registry, str]) -> None:
    told, url = registry
    run_sync(url, source_name="so")
    asked = len(told.asked)

    report = run_sync(url, source_name="so")

    assert (report.read, report.applied, len(told.asked)) == (0, 0, asked + 1)
    assert all(is_listed(product) for product in Product.objects.all())


def test_a_delta_asks_for_what_changed_and_withdraws_what_is_deleted(registry: tuple[Registry, str]) -> None:
    told, url = registry
    run_sync(url, source_name="so")
    told.items, told.as_of = [item(1, deleted=True), item(9)], "2026-11-24T00:00:00+07:00"

    report = run_sync(url, source_name="so", delta=True)

    assert told.asked[-1]["updated_since"] == ["2026-11-23"]
    assert (report.read, report.withdrawn, report.applied) == (1, 1, 2)
    assert Product.objects.get(name="Mứt dâu 1").blocked == "unproved"
    assert is_listed(Product.objects.get(name="Mứt dâu 2"))


def test_a_feed_that_breaks_off_changes_nothing(registry: tuple[Registry, str], monkeypatch) -> None:
    told, url = registry
    monkeypatch.setattr("ocop_sync.sources.fetching.time.sleep", lambda _: None)
    told.broken = True

    with pytest.raises(SourceUnusable):
        run_sync(url, source_name="so")

    assert not Product.objects.exists()


def test_an_older_snapshot_that_comes_late_changes_nothing(registry: tuple[Registry, str]) -> None:
    told, url = registry
    run_sync(url, source_name="so")
    told.items, told.as_of = [item(7)], "2026-11-20T00:00:00+07:00"

    with pytest.raises(SourceStale):
        run_sync(url, source_name="so", allow_mass_delist=True)

    assert Product.objects.count() == 5
    assert all(is_listed(product) for product in Product.objects.all())


def test_a_renamed_product_keeps_its_code(registry: tuple[Registry, str]) -> None:
    told, url = registry
    run_sync(url, source_name="so")
    code = Product.objects.get(name="Mứt dâu 3").code
    told.items[2], told.as_of = item(3, product_name="Mứt dâu tây 3"), "2026-11-24T00:00:00+07:00"

    run_sync(url, source_name="so")

    assert Product.objects.get(name="Mứt dâu tây 3").code == code
    assert Product.objects.count() == 5
