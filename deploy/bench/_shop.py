"""A whole shop for a benchmark, opened by `./chosao up` in a folder of its own, and buyers at its pages."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
UNSET = ("DATABASE_URL", "REDIS_URL", "SALEOR_API_URL", "SALEOR_APP_TOKEN", "DJANGO_SETTINGS_MODULE")
TOO_LONG = 120.0  # seconds


@dataclass
class Shop:
    """An open shop."""

    url: str
    home: Path

    def api_processes(self) -> list[int]:
        """The embedded server's own, told by their command line and by the home folder they work in."""
        told = subprocess.run(
            ["pgrep", "-f", "deploy.embedded.wsgi"], capture_output=True, text=True, check=True
        ).stdout
        home = f"CHOSAO_HOME={self.home}".encode()
        return [pid for pid in map(int, told.split()) if home in Path(f"/proc/{pid}/environ").read_bytes()]

    @contextmanager
    def hung(self) -> Iterator[None]:
        """Saleor accepts and never answers inside the block."""
        processes = self.api_processes()
        for pid in processes:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in processes:
                os.kill(pid, signal.SIGCONT)


class Buyer:
    """A browser with a basket, at the page with the order button."""

    def __init__(self, shop: Shop, product: str) -> None:
        self.http = httpx.Client(base_url=shop.url, timeout=TOO_LONG, headers={"Referer": shop.url})
        page = self.http.get(product).text
        offer = _value(page, "offer")
        self.http.post(
            "/gio-hang/them/", data={"csrfmiddlewaretoken": _value(page, "csrfmiddlewaretoken"), "offer": offer}
        )
        self.address = "/dat-hang/thong-tin/?cach=giao&tinh=68"
        page = self.http.get(self.address).text
        commune = re.search(r'<option value="(\d{5})"', page)
        assert commune
        self.form = {
            "name": "Nguyễn Thị Thử", "phone": "0912345678", "email": "", "street": "12 Lê Lợi", "consent": "on",
            "commune": commune[1],
        } | {name: _value(page, name) for name in ("revision", "agreed_total", "csrfmiddlewaretoken")}  # fmt: skip

    def press(self) -> tuple[int, float, str]:
        """Press "order": the status, how long it took, and what the buyer reads."""
        started = time.perf_counter()
        answer = self.http.post(self.address, data=self.form)
        if ticket := re.search(r'name="ticket" value="([^"]*)"', answer.text):
            self.form["ticket"] = ticket[1]  # the place in the line
        told = re.search(r'role="(?:alert"[^>]*><p><b>|status">)([^<]+)', answer.text)
        return answer.status_code, time.perf_counter() - started, told[1] if told else ""


@contextmanager
def open_shop() -> Iterator[Shop]:
    """`./chosao up` in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="chosao-bench-") as home:
        port = free_port()
        environment = {name: value for name, value in os.environ.items() if name not in UNSET} | {"CHOSAO_HOME": home}
        command = [sys.executable, "-m", "deploy.cli", "up", "--port", str(port)]
        with Path(home, "up.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        shop = Shop(f"http://127.0.0.1:{port}", Path(home))
        try:
            _wait_open(shop, process)
            yield shop
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def on_sale(shop: Shop, most: int = 8) -> list[str]:
    """Addresses of products that can be sent; several, so that the pieces suffice."""
    with httpx.Client(base_url=shop.url, timeout=TOO_LONG) as http:
        links = re.findall(r'class="card-name"><a href="([^"]+)"', http.get("/tim/?con-hang=on").text)
        found = []
        for link in links:
            page = http.get(link).text
            if 'name="offer"' in page and "sống" not in page:
                found.append(link)
            if len(found) == most:
                break
    return found


def _value(page: str, name: str) -> str:
    """The value of a hidden field."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert tag, f"no field {name}"
    value = re.search(r'value="([^"]*)"', tag[0])
    assert value
    return value[1]


def free_port() -> int:
    """A port with a free one behind it, as `up` needs them; another one for whoever looks at the same moment."""
    for port in random.sample(range(18_600, 19_600, 2), 50):
        with socket.socket() as one, socket.socket() as other:
            try:
                one.bind(("127.0.0.1", port))
                other.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise RuntimeError("no two free ports beside each other")


def _wait_open(shop: Shop, process: "subprocess.Popen[bytes]") -> None:
    started = time.perf_counter()
    while time.perf_counter() - started < 240 and process.poll() is None:
        try:
            if httpx.get(f"{shop.url}/health/ready", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise RuntimeError((shop.home / "up.log").read_text())
