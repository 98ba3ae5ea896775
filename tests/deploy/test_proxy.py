"""The proxy's own program with the Caddyfile that compose uses, before the shop's own web process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from catalog.saleor.webhooks.receiving import LARGEST_BODY
from tests.deploy.serving import ROOT, environment, running_web, wait_for
from tests.embedded_server import free_port
from tests.side_by_side import own_shop

CADDY = Path(sys.executable).parent / "caddy"
pytestmark = [
    pytest.mark.self_contained,
    pytest.mark.skipif(not CADDY.exists(), reason="no Caddy for this machine comes with the packages"),
]
SECURE = {"CHOSAO_PUBLIC_URL": "https://chosao.example", "CHOSAO_TRUSTED_PROXIES": "1", "CHOSAO_TOKEN_KEYS": "none"}


@dataclass(frozen=True)
class Way:
    """Through the proxy, past it, and the folder of the media."""

    proxy: str
    web: str
    media: Path


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    home, media, port = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("media"), free_port()
    (media / "anh.jpg").write_bytes(b"\xff\xd8 a photo")
    with own_shop("sqlite", home), running_web(environment(home, **SECURE)) as web:
        names = {
            "SHOP": f"http://127.0.0.1:{port}",
            "DASHBOARD": f"http://localhost:{port}",
            "ACME_EMAIL": "a@b.example",
        }
        known = {**os.environ, **names, "WEB": web, "MEDIA": str(media), "XDG_DATA_HOME": str(home)}
        command = [CADDY, "run", "--config", ROOT / "deploy/compose/Caddyfile"]
        caddy = subprocess.Popen(command, env=known, stderr=subprocess.DEVNULL)
        try:
            wait_for(caddy, f"http://127.0.0.1:{port}/")
            yield Way(f"http://127.0.0.1:{port}", f"http://{web}", media)
        finally:
            caddy.terminate()
            caddy.wait(10)


def test_pages_come_through_compressed(way: Way) -> None:
    page = httpx.get(f"{way.proxy}/xac-minh/", headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200
    assert page.headers["Content-Encoding"] == "gzip"


def test_media_come_from_the_folder_and_run_nothing(way: Way) -> None:
    photo = httpx.get(f"{way.proxy}/media/anh.jpg")
    assert (photo.status_code, photo.content) == (200, b"\xff\xd8 a photo")
    assert photo.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert photo.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert photo.headers["X-Content-Type-Options"] == "nosniff"
    for path in ("/media/", "/media/nothing.jpg", "/media/..%2f..%2fetc/passwd"):
        assert httpx.get(f"{way.proxy}{path}").status_code == 404


def test_a_webhook_that_is_too_large_ends_at_the_proxy(way: Way) -> None:
    def status(size: int) -> int:
        return httpx.post(f"{way.proxy}/hooks/saleor/", content=b"x" * size).status_code

    assert status(LARGEST_BODY + 1) == 413
    assert status(LARGEST_BODY) == 401  # it came to the shop, which asks who sent it


def test_a_body_without_a_length_ends_at_the_proxy(way: Way) -> None:
    """However small: the shop reads nothing that has no length."""
    for size in (1, 8_000):
        chunks = (b"x" * size for _ in range(20))
        assert httpx.post(f"{way.proxy}/hooks/saleor/", content=chunks).status_code == 411
    assert httpx.get(f"{way.proxy}/hooks/saleor/manifest.json").status_code == 200


def test_nobody_can_claim_to_have_come_by_tls(way: Way) -> None:
    claim = {"X-Forwarded-Proto": "https"}
    assert "Strict-Transport-Security" in httpx.get(f"{way.web}/xac-minh/", headers=claim).headers  # past the proxy
    assert "Strict-Transport-Security" not in httpx.get(f"{way.proxy}/xac-minh/", headers=claim).headers


def test_on_the_desks_name_only_the_desk_and_its_api_are_reached(way: Way) -> None:
    desk = way.proxy.replace("127.0.0.1", "localhost")
    assert httpx.get(f"{desk}/").headers["Location"] == "/dashboard/"
    assert httpx.get(f"{desk}/xac-minh/").status_code == 404
    assert httpx.get(f"{desk}/.well-known/jwks.json").status_code == 404
