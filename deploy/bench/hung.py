"""A Saleor that hangs, and more buyers who press "order" than the shop has threads: `./chosao bench hung [--buyers N]`.

Opens a whole shop with `./chosao up` in a folder of its own (web: two processes of four threads), then stops the
processes of its embedded Saleor (SIGSTOP: it accepts and never answers). Others browse all the while. Prints how long
pages took before, during and after, what the buyers were told, and how long after Saleor's return ordering worked
without anybody's doing. Ends with 1 if a page failed, or if an order is missing or there twice.
"""

import argparse
import sqlite3
import statistics
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

from deploy.bench._shop import TOO_LONG, Buyer, Shop, on_sale, open_shop

BROWSERS = 3  # people who browse at once
PATHS = ("/", "/tim/?q=mat+ong", "/tim/?sao=4&con-hang=on", "/xac-minh/", "/gio-hang/")


@dataclass
class Pages:
    """How long pages took, in seconds, and the statuses that were not 200."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        cut = statistics.quantiles(self.seconds, n=20) if len(self.seconds) > 1 else self.seconds * 19
        took = f"p50 {1000 * cut[9]:>6.0f} ms  p95 {1000 * cut[18]:>6.0f} ms  max {max(self.seconds):>5.2f} s"
        return f"{len(self.seconds):>5} pages  {took}"


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


def measure(shop: Shop, buyers: int) -> dict[str, Any]:
    """Everything that is printed."""
    products = on_sale(shop)
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
            while number == first or not over.is_set():  # once at least: what goes on meanwhile may be over at once
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


if __name__ == "__main__":
    main()
