"""A whole shop, opened by `./chosao up` in a folder of its own, and a browser. Runs where CHOSAO_BROWSER is set.

Where CHOSAO_PICTURES names a folder, a picture of each page that `look` looks at is there afterwards, in two widths.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
BROWSER = os.environ.get("CHOSAO_BROWSER", "")
PICTURES = os.environ.get("CHOSAO_PICTURES", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium."""
    for item in items:
        if not BROWSER and item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.skip(reason="CHOSAO_BROWSER does not name a Chromium"))


@dataclass
class Shop:
    """A shop that is open: where, its home folder, its demo logins by name."""

    url: str
    home: Path
    passwords: dict[str, str]
    process: subprocess.Popen[bytes]


def _free_port() -> int:
    first = 18_100 + os.getpid() % 40 * 20
    for port in range(first, first + 20, 2):
        with closing(socket.socket()) as one, closing(socket.socket()) as other:
            try:
                one.bind(("127.0.0.1", port))
                other.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise RuntimeError("no two free ports beside each other")


@pytest.fixture(scope="package")
def shop(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Shop]:
    home, port = tmp_path_factory.mktemp("shop"), _free_port()
    unset = ("DATABASE_URL", "REDIS_URL", "SALEOR_API_URL", "SALEOR_APP_TOKEN", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment["CHOSAO_HOME"] = str(home)
    command = [sys.executable, "-m", "deploy.cli", "up", "--port", str(port)]
    with (home / "up.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_open(f"http://127.0.0.1:{port}/", home, process)
        logins = json.loads((home / "demo_logins.json").read_text())
        passwords = {login["username"]: login["password"] for login in logins}
        yield Shop(f"http://127.0.0.1:{port}", home, passwords, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        if request.session.testsfailed:
            for log in sorted((home / "logs").glob("*.log")):
                sys.stderr.write(f"== {log.name}\n{log.read_text(errors='replace')[-3000:]}\n")


def _wait_open(url: str, home: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(url, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    pytest.fail(f"the shop did not open:\n{(home / 'up.log').read_text()}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Closed after the last of these tests: to Django, Playwright's loop makes all that follows asynchronous."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone's page, without JavaScript: everything has to work so."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="vi-VN")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def look(page: Page, name: str) -> None:
    """Nothing makes the page wider than the screen; a picture of it where somebody wants to look. Its size is kept."""
    before = page.viewport_size
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width} px"
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
    if before:
        page.set_viewport_size(before)


def log_in(browser: Browser, shop: Shop, username: str) -> Page:
    """A desktop's page of somebody who works here, without JavaScript."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{shop.url}/tai-khoan/dang-nhap/")
    page.locator("main input[name=login]").fill(username)
    page.locator("main input[name=password]").fill(shop.passwords[username])
    page.locator("main button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("Xin chào")
    return page


def follow(page: Page, what: Locator) -> None:
    """Press, and wait for the whole page that comes: a press alone waits for its first byte at most."""
    with page.expect_event("load"):
        what.click()
