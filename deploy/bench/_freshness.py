"""From the commit of a change to its being shown by every web process, asked over HTTP."""

import http.client
import random
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

TOO_LONG = 10.0  # seconds
Shown = Callable[[http.client.HTTPConnection], bool]
Change = tuple[Callable[[], object], list[Shown]]  # commits it; whether a page shows it


def freshness(host: str, port: int, workers: Sequence[int], changes: int) -> Iterator[tuple[str, list[float]]]:
    """Milliseconds of so many changes of price, of stock and of delisting, until all of `workers` show them.

    Raises RuntimeError when a change does not come, or when a process shows the former state again.
    """
    from catalog.offers.models import Offer  # noqa: PLC0415

    sold = Offer.objects.filter(product__in_stock=True, product__restriction="").exclude(product__offers__number=2)
    offers = list(sold.select_related("product").order_by("pk")[: changes * 3])
    dice = random.Random(3)
    with connections(host, port, workers) as open_ones:
        for kind, make in enumerate((_price, _stock, _delisting)):
            took = [_seen(make(offer), open_ones, dice) for offer in offers[kind * changes : (kind + 1) * changes]]
            yield make.__name__.strip("_"), took


def _price(offer: Any) -> Change:
    price = offer.price + 1_000_007  # dearer than all others, so that a list of this price has it alone
    text = f"{price:,}".replace(",", ".")
    in_list, page = _address(offer, gia=f"{price}-{price}"), offer.product.get_absolute_url()
    return (lambda: _tell(offer, price, 20)), [
        lambda http: text in _ask(http, in_list)[1],
        lambda http: text in _ask(http, page)[1],
    ]


def _stock(offer: Any) -> Change:
    in_list, page = _address(offer, **{"con-hang": "on"}), offer.product.get_absolute_url()
    return (lambda: _tell(offer, offer.price, 0)), [
        lambda http: f"-{offer.product.code}/" not in _ask(http, in_list)[1],
        lambda http: 'name="offer"' not in _ask(http, page)[1],
    ]


def _delisting(offer: Any) -> Change:
    from catalog.certificates.models import SourceRecord, Status  # noqa: PLC0415
    from catalog.certificates.services import refresh_gate  # noqa: PLC0415

    product = offer.product
    in_list, page = _address(offer), product.get_absolute_url()

    def revoke() -> None:
        SourceRecord.objects.filter(product=product).update(status=Status.REVOKED)
        refresh_gate([product.pk])

    return revoke, [
        lambda http: f"-{product.code}/" not in _ask(http, in_list)[1],
        lambda http: _ask(http, page)[0] == 302,
    ]


def _tell(offer: Any, price: int, quantity: int) -> None:
    """What a webhook leads to: Saleor's answer is mirrored."""
    from catalog import clock  # noqa: PLC0415
    from catalog.offers.mirror import StockState, VariantState, mirror  # noqa: PLC0415

    stocks = offer.stocks.select_related("warehouse")
    told = tuple(StockState(stock.warehouse.external_reference, quantity, 0) for stock in stocks)
    mirror(VariantState(offer.external_reference, offer.name, price, offer.weight, told), clock.now())


def _address(offer: Any, **filters: str) -> str:
    return "/tim/?" + urlencode({"q": offer.product.name, "nguyen-van": "1", "tu": "1", **filters})


def _ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, str]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def _seen(change: Change, asked: Sequence[http.client.HTTPConnection], dice: random.Random) -> float:
    """Milliseconds until every page of every process shows it."""
    commit, pages = change
    everywhere = [(page, connection) for connection in asked for page in pages]
    if any(page(connection) for page, connection in everywhere):
        raise RuntimeError("a page shows the change before it was made")
    commit()
    started, waiting = time.perf_counter(), deque(everywhere)
    while waiting:
        page, connection = waiting.popleft()
        if not page(connection):
            waiting.append((page, connection))
        if time.perf_counter() - started > TOO_LONG:
            raise RuntimeError(f"a change was not shown after {TOO_LONG:.0f} s")
    took = (time.perf_counter() - started) * 1000
    if not all(page(connection) for page, connection in everywhere * 2):
        raise RuntimeError("a process shows the former state again")
    time.sleep(dice.random() * 0.1)
    return took


@contextmanager
def connections(host: str, port: int, workers: Sequence[int]) -> Iterator[list[http.client.HTTPConnection]]:
    """One kept open to each process; who serves it is told by the kernel's table of sockets. For Linux, IPv4."""
    with ExitStack() as stack:
        found: dict[int, http.client.HTTPConnection] = {}
        for _ in range(500):
            one = stack.enter_context(closing(http.client.HTTPConnection(host, port, timeout=TOO_LONG)))
            _ask(one, "/health/live")
            found.setdefault(_server_of(one, workers), one)
            if len(found) == len(workers):
                yield list(found.values())
                return
        raise RuntimeError("one of the web processes takes no connections")


def _server_of(connection: http.client.HTTPConnection, workers: Sequence[int]) -> int:
    own, peer = connection.sock.getsockname()[1], connection.sock.getpeername()[1]
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ends = (f":{peer:04X}", f":{own:04X}")
    inode = next(row[9] for row in rows if row[1].endswith(ends[0]) and row[2].endswith(ends[1]))
    for pid in workers:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            if link.is_symlink() and str(link.readlink()) == f"socket:[{inode}]":
                return pid
    raise RuntimeError("no web process holds the connection")
