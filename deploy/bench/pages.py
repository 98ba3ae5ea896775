"""How fast the pages are: `./chosao bench pages`, a shop of its own with the processes that `up` starts for them.

A synthetic catalogue, its index, two web processes and the indexer. Lists by thousands of different addresses, product
pages, home and suggestions from eight clients, lists at a fixed rate, and how soon a change of price, stock or a
delisting is shown by both processes. `--saleor` and `--oscar` are shops to measure beside it: a GraphQL address that
lists 24 products by star and province (attributes as our own set-up makes them), and a catalogue page. Needs wrk.
Ends with 1 when an answer is other than 200.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import httpx

from deploy.bench import _others
from deploy.bench._catalogue import BRANDS, GOODS, KINDS, fill_for_sale
from deploy.bench._freshness import freshness
from deploy.bench._load import Load, closed_loop, fixed_rate, missing_tool
from deploy.bench._shop import UNSET, free_port

ROW = "{:<30}{:>9}{:>9}{:>9}{:>9}{:>9}{:>8}{:>8}"
RATE = 200  # pages a second


def main() -> None:
    """Open the shop, load it, print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=15, help="of each load")
    parser.add_argument("--changes", type=int, default=40, help="of price, of stock and of listing each")
    parser.add_argument("--saleor", help="GraphQL address of a Saleor to measure beside it")
    parser.add_argument("--saleor-channel", default="cho-sao")
    parser.add_argument("--oscar", help="address of a django-oscar to measure beside it")
    arguments = parser.parse_args()
    if missing := missing_tool():
        sys.exit(missing)
    with tempfile.TemporaryDirectory(prefix="chosao-bench-") as home, _shop(Path(home), arguments.products) as shop:
        failed = _measure(shop, arguments)
    sys.exit(f"{failed} answers were other than 200" if failed else 0)


class Shop:
    """An open shop: its address and its folder, and its web process with those that this started."""

    def __init__(self, url: str, home: Path, web: int) -> None:
        self.url, self.home, self.web = url, home, web

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.web}/task/{self.web}/children").read_text().split()
        return [int(pid) for pid in children if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def busy(self) -> float:
        """Seconds of processor time that they have taken."""
        rows = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.workers]
        return sum(int(row[11]) + int(row[12]) for row in rows) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _shop(home: Path, products: int) -> Iterator[Shop]:
    for name in UNSET:
        os.environ.pop(name, None)
    os.environ.update(CHOSAO_HOME=str(home), SALEOR_API_URL="http://127.0.0.1:9/graphql/")
    from deploy.cli.__main__ import set_up  # noqa: PLC0415

    set_up()
    from catalog.search.services import reindex  # noqa: PLC0415
    from deploy.cli import roles  # noqa: PLC0415
    from deploy.cli.database import migrate  # noqa: PLC0415
    from deploy.cli.static import collect  # noqa: PLC0415
    from deploy.cli.supervise import Supervisor  # noqa: PLC0415

    migrate()
    fill_for_sale(products)
    reindex()
    collect()
    supervisor, port = Supervisor(home / "logs"), free_port()
    url = f"http://127.0.0.1:{port}"
    try:
        supervisor.start("indexer", *roles.indexer())
        web = supervisor.start("web", *roles.web("127.0.0.1", port))
        supervisor.wait_ready(web, lambda: _is_ready(url), 60)
        supervisor.wait_ready(web, lambda: _suggests(url), 600)  # so that what they are read with is no page's cost
        assert web.process is not None
        yield Shop(url, home, web.process.pid)
    finally:
        supervisor.stop()


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/ready", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def _suggests(url: str) -> bool:
    """Does every process suggest? The kernel hands each connection to one or the other."""
    return all(httpx.get(f"{url}/goi-y/?q=ca", timeout=60).status_code == 200 for _ in range(30))


def _measure(shop: Shop, arguments: argparse.Namespace) -> int:
    """Returns how many answers were other than 200."""
    seconds, lists = arguments.seconds, list_addresses()
    print(f"{arguments.products:,} products, {len(lists):,} lists, {_cards(shop, lists)}; {os.cpu_count()} cores")
    print(ROW.format("", "a second", "p50 ms", "p95 ms", "p99 ms", "CPU ms", "KB", "failed"), flush=True)
    ours = _loaded(shop, "lists", lists, seconds)
    fixed = fixed_rate(shop.url, lists[len(lists) // 2 :], RATE, seconds)
    _print(f"lists, {RATE} a second", fixed)
    found = [ours, fixed, _loaded(shop, "product pages", _product_addresses(), seconds)]
    suggest = [f"/goi-y/?q={one}" for one in _beginnings()]
    if httpx.get(shop.url + suggest[0]).status_code == 404:
        print("suggestions                   skipped: /goi-y/ is not there")
    else:
        found.append(_loaded(shop, "suggestions", suggest, seconds))
    found.append(_loaded(shop, "home", ["/"], seconds))
    for name, url, lines in _beside(arguments):
        other = closed_loop(url, lines, seconds, shop.home, post=name == "Saleor")
        _print(f"{name}, its list", other)
        print(f"    our lists are {ours.rate / other.rate:.1f} times as many a second, p95 {other.p95 / ours.p95:.1f}")
        found.append(other)
    port = urlsplit(shop.url).port
    assert port
    for kind, took in freshness("127.0.0.1", port, shop.workers, arguments.changes):
        took.sort()
        p50, p95 = (took[int(len(took) * share)] for share in (0.5, 0.95))
        spread = f"p50 {p50:.0f} ms  p95 {p95:.0f} ms  longest {took[-1]:.0f} ms"
        print(f"{kind} shown by both after  {spread}, n={len(took)}", flush=True)
    return sum(load.failed for load in found)


def _beside(arguments: argparse.Namespace) -> Iterator[tuple[str, str, list[str]]]:
    if arguments.saleor:
        yield "Saleor", arguments.saleor, _others.saleor_questions(arguments.saleor, arguments.saleor_channel)
    if arguments.oscar:
        yield "Oscar", arguments.oscar, _others.oscar_addresses(arguments.oscar)


def _loaded(shop: Shop, name: str, paths: Sequence[str], seconds: float) -> Load:
    """After a short while of the same, with other addresses where there are many."""
    warm = paths[-len(paths) // 5 :]
    closed_loop(shop.url, warm, min(seconds, 3), shop.home)
    before = shop.busy()
    load = closed_loop(shop.url, paths, seconds, shop.home)
    _print(name, load, (shop.busy() - before) * 1000 / max(1, load.requests))
    return load


def _print(name: str, load: Load, busy: float | None = None) -> None:
    figures = [f"{value:,.1f}" for value in (load.rate, load.p50, load.p95, load.p99)]
    shown = "" if busy is None else f"{busy:.2f}"
    print(ROW.format(name, *figures, shown, f"{load.size / 1024:.0f}", load.failed), flush=True)


def list_addresses(number: int = 10_000) -> list[str]:
    """Different ones: words with and without accents, filters, sorts, page numbers; the same every time."""
    from catalog.text import fold  # noqa: PLC0415

    dice, found = random.Random(2), dict[str, None]()
    while len(found) < number:
        words = [dice.choice(GOODS), *dice.choice(([], [], [dice.choice(KINDS)], [dice.choice(BRANDS)]))]
        text = " ".join(words)
        asked: list[tuple[str, str | int]] = [("q", dice.choice((text, fold(text))))] if dice.random() < 0.7 else []
        asked += [("sao", star) for star in dice.sample((3, 4, 5), dice.randrange(3))]
        asked += [("nhom", branch) for branch in dice.sample(range(1, 7), dice.choice((0, 0, 2, 3)))]
        asked += dice.choice(([], [], [("con-hang", "on")], [("gia", f"{dice.randrange(1, 9)}00000-")]))
        asked += [("xep", dice.choice(("price", "-price", "star", "newest", "name")))] if dice.random() < 0.3 else []
        page = dice.randrange(1, 4 if len(words) == 1 else 2) if "q" in dict(asked) else dice.randrange(1, 40)
        found["/tim/?" + urlencode([*asked, *([("trang", page)] if page > 1 else [])])] = None
    return list(found)


def _product_addresses(number: int = 5_000) -> list[str]:
    from catalog import clock  # noqa: PLC0415
    from catalog.certificates.services import shown  # noqa: PLC0415

    return [one.get_absolute_url() for one in shown(clock.today()).order_by("?")[:number]]


def _beginnings() -> list[str]:
    texts = [f"{good} {kind}" for good in GOODS for kind in KINDS]
    return list(dict.fromkeys(urlencode({"": text[:n]})[1:] for text in texts for n in range(2, len(text))))


def _cards(shop: Shop, lists: Sequence[str]) -> str:
    """Are these full pages?"""
    asked = list(islice(lists, 50))
    shown = sum(httpx.get(urljoin(shop.url, path)).text.count('class="card-name"') for path in asked)
    return f"{shown / len(asked):.0f} cards each"


if __name__ == "__main__":
    main()
