"""A Saleor that hangs, and more buyers who press "order" than the shop has threads: `./chosao bench hung [--buyers N]`.

Opens a whole shop with `./chosao up` in a folder of its own (web: two processes of four threads), then stops the
processes of its embedded Saleor (SIGSTOP: it accepts and never answers). Others browse all the while. Prints how long
pages took before, during and after, what the buyers were told, and how long after Saleor's return ordering worked
without anybody's doing. Ends with 1 if a page failed, or if an order is missing or there twice.
"""

import argparse
import os
import re
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = 3  # people who browse at once
UNSET = ("DATABASE_URL", "REDIS_URL", "SALEOR_API_URL", "SALEOR_APP_TOKEN", "DJANGO_SETTINGS_MODULE")
TOO_LONG = 120.0  # seconds
PATHS = ("/", "/tim/?q=mat+ong", "/tim/?sao=4&con-hang=on", "/xac-minh/", "/gio-hang/")


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


@dataclass
class Pages:
    """How long pages took, in seconds, and the statuses that were not 200."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        cut = statistics.quantiles(self.seconds, n=20) if len(self.seconds) > 1 else self.seconds * 19
        took = f"p50 {1000 * cut[9]:>6.0f} ms  p95 {1000 * cut[18]:>6.0f} ms  max {max(self.seconds):>5.2f} s"
        return f"{len(self.seconds):>5} pages  {took}"


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
        told = re.search(r'role="alert"[^>]*><p><b>([^<]*)', answer.text)
        return answer.status_code, time.perf_counter() - started, told[1] if told else ""


def main() -> None:
    """Open, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--buyers", type=int, default=24)
    arguments = parser.parse_args()
    with open_shop() as shop:
        found = measure(shop, arguments.buyers)
    for name in ("before", "while it hangs", "once it is known", "after"):
        print(f"browse, {name:<18}{found[name]}")
    print(f"pressed while it hung: {_presses(found['first'])}")
    print(f"pressed once it was known: {_presses(found['second'])}")
    print(f"after Saleor's return the first order was taken after {found['recovered']:.1f} s")
    print(f"{arguments.buyers} buyers, {found['orders']} orders, {found['twice']} twice")
    failed = [one for name in ("before", "while it hangs", "once it is known", "after") for one in found[name].failed]
    print(f"{len(failed)} pages failed {failed[:5] or ''}")
    sys.exit(1 if failed or found["orders"] != arguments.buyers or found["twice"] else 0)


@contextmanager
def open_shop() -> Iterator[Shop]:
    """`./chosao up` in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="chosao-bench-") as home:
        port = _free_port()
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


def measure(shop: Shop, buyers: int) -> dict[str, Any]:
    """Everything that is printed."""
    products = _on_sale(shop)
    crowd = [Buyer(shop, products[number % len(products)]) for number in range(buyers)]
    pages = (*PATHS, products[0])
    found: dict[str, Any] = {"before": browse(shop, pages, lambda: time.sleep(3))[0]}
    with ThreadPoolExecutor(buyers) as pool:
        with shop.hung():
            press = lambda: list(pool.map(Buyer.press, crowd))  # noqa: E731
            found["while it hangs"], found["first"] = browse(shop, pages, press)
            found["once it is known"], found["second"] = browse(shop, pages, press)
        started = time.perf_counter()
        while crowd[0].press()[0] != 302:
            assert time.perf_counter() - started < TOO_LONG, "ordering did not come back"
            time.sleep(0.2)
        found["recovered"] = time.perf_counter() - started
        found["after"], _ = browse(shop, pages, lambda: list(pool.map(_insist, crowd)))
    found["orders"], found["twice"] = _orders(shop, crowd)
    return found


def browse(shop: Shop, paths: tuple[str, ...], meanwhile: Any) -> tuple[Pages, Any]:
    """Pages are asked for by a few people all the while that `meanwhile` takes."""
    pages, over = Pages(), threading.Event()

    def go(first: int) -> None:
        with httpx.Client(base_url=shop.url, timeout=TOO_LONG) as http:
            number = first
            while not over.is_set():
                path, started = paths[number % len(paths)], time.perf_counter()
                status = http.get(path).status_code
                pages.seconds.append(time.perf_counter() - started)
                if status != 200:
                    pages.failed.append(f"{path}: {status}")
                number += 1
                time.sleep(0.02)

    with ThreadPoolExecutor(BROWSERS) as pool:
        going = [pool.submit(go, number) for number in range(BROWSERS)]
        try:
            done = meanwhile()
        finally:
            over.set()
        for one in going:
            one.result()
    return pages, done


def _insist(buyer: Buyer) -> None:
    """Press until the order is there: some read that too many order at once."""
    started = time.perf_counter()
    while buyer.press()[0] != 302:
        assert time.perf_counter() - started < TOO_LONG
        time.sleep(0.3)


def _on_sale(shop: Shop) -> list[str]:
    """Addresses of products that can be sent; several, so that the pieces suffice."""
    with httpx.Client(base_url=shop.url, timeout=TOO_LONG) as http:
        links = re.findall(r'class="card-name"><a href="([^"]+)"', http.get("/tim/?con-hang=on").text)
        found = []
        for link in links:
            page = http.get(link).text
            if 'name="offer"' in page and "sống" not in page:
                found.append(link)
            if len(found) == 8:
                break
    return found


def _orders(shop: Shop, crowd: list[Buyer]) -> tuple[int, int]:
    """How many orders the embedded Saleor has, and how many of the shop's baskets have more than one."""
    base = sqlite3.connect(shop.home / "chosao.sqlite3")
    rows = base.execute(
        "SELECT basket_id, COUNT(order_id) FROM storefront_checkoutattempt GROUP BY basket_id"
    ).fetchall()
    base.close()
    for buyer in crowd:
        buyer.http.close()
    return sum(count for _, count in rows), sum(count > 1 for _, count in rows)


def _presses(done: list[tuple[int, float, str]]) -> str:
    took = sorted(seconds for _, seconds, _ in done)
    told = Counter(f"{status} {text[:28]}…" for status, _, text in done)
    spread = f"p50 {took[len(took) // 2]:.1f} s, max {took[-1]:.1f} s"
    return f"{spread}; " + ", ".join(f"{count} × {text}" for text, count in told.most_common())


def _value(page: str, name: str) -> str:
    """The value of a hidden field."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert tag, f"no field {name}"
    value = re.search(r'value="([^"]*)"', tag[0])
    assert value
    return value[1]


def _free_port() -> int:
    for port in range(18_600, 18_700, 2):
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


if __name__ == "__main__":
    main()
