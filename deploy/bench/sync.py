"""What a sync costs: `./chosao bench sync [--rows N] [--lines N]`, each part in home folders of its own.

A workbook of `--rows` rows for the first time and unchanged, beside the same work done the obvious way (openpyxl and
one save a row, without any comparing or guarding); one revoked product among as many items of a feed; a feed of
`--lines` items, while buyers order from a whole shop on the same SQLite file. Times are of whole commands, with start
and index; memory is the largest of the process. Ends with 1 if a buyer was refused or the shop told of an error.
"""

import argparse
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from deploy.bench._shop import ROOT, UNSET, Buyer, Shop, on_sale, open_shop

BUYERS = 3  # who order at once, all the while
LOCKED = re.compile(r"database is locked|OperationalError", re.IGNORECASE)


@dataclass
class Done:
    """A command that ended: wall seconds, seconds of processor time, largest memory in MB, moments of its progress."""

    seconds: float
    busy: float
    memory: int
    said: dict[str, float]

    def __str__(self) -> str:
        return f"{self.seconds:6.1f} s  (processor {self.busy:6.1f} s)  {self.memory:4} MB"


def main() -> None:
    """Run the parts that were asked for, print what they cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--parts", default="workbook,obvious,revoked,lines,buyers")
    arguments = parser.parse_args()
    parts = arguments.parts.split(",")
    with tempfile.TemporaryDirectory(prefix="chosao-bench-") as folder:
        where = Path(folder)
        if "workbook" in parts or "obvious" in parts:
            _workbook(where, arguments.rows, parts)
        if "revoked" in parts:
            _revoked(where, arguments.rows)
        lines = where / "lines.jsonl"
        if "lines" in parts or "buyers" in parts:
            _make("write_lines", lines, arguments.lines)
        if "lines" in parts:
            home = _open(where / "lines")
            for name in ("first", "unchanged"):
                print(f"{arguments.lines:,} lines, {name:<10}{_sync(home, lines)}", flush=True)
        wrong = _buyers(lines, arguments.lines) if "buyers" in parts else 0
    sys.exit(1 if wrong else 0)


def _open(home: Path) -> Path:
    """A home whose database is there already, as a shop's is before its first sync."""
    _run([sys.executable, "-m", "deploy.cli", "migrate"], _environment(home))
    return home


def _workbook(where: Path, rows: int, parts: list[str]) -> None:
    book = where / "book.xlsx"
    _make("write_workbook", book, rows)
    first = None
    if "workbook" in parts:
        first = _sync(_open(where / "workbook"), book)
        print(f"{rows:,} rows of 22 columns, first     {first}")
        print(f"    all written after {first.said['written']:.1f} s; then the index", flush=True)
        for _ in range(3):
            print(f"{rows:,} rows of 22 columns, unchanged {_sync(where / 'workbook', book)}", flush=True)
    if "obvious" in parts:
        command = [sys.executable, "-m", "deploy.bench._obvious", str(book)]
        obvious = _run(command, _environment(_open(where / "obvious")))
        ratio = f", {obvious.seconds / first.seconds:.0f} times ours" if first else ""
        print(f"{rows:,} rows, the obvious way          {obvious}{ratio}", flush=True)


def _revoked(where: Path, rows: int) -> None:
    """How long a revoked product stays on the shelf after the feed that tells of it was read to its end."""
    before, after, number = where / "before.jsonl", where / "after.jsonl", rows * 2 // 3
    _make("write_lines", before, rows)
    _make("write_lines", after, rows, revoked=number)
    home = _open(where / "revoked")
    _sync(home, before)
    gone = threading.Event()
    moment: list[float] = []

    def watch() -> None:
        with closing(sqlite3.connect(home / "chosao.sqlite3", timeout=20)) as shop:
            while not gone.wait(0.01):
                if shop.execute("SELECT 1 FROM catalog_product WHERE blocked = 'revoked'").fetchone():
                    moment.append(time.perf_counter())
                    return

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.perf_counter()
    done = _sync(home, after)
    gone.set()
    watcher.join()
    whole, since_read = moment[0] - started, moment[0] - started - done.said["read"]
    print(f"one revoked of {rows:,}: off the shelf {since_read:.2f} s after the feed was read")
    print(f"    and {whole:.2f} s after the command began", flush=True)


def _buyers(lines: Path, count: int) -> int:
    """A feed is synced into an open shop while people order. Returns how many were refused or met an error."""
    with open_shop() as shop:
        products = on_sale(shop, most=60)
        over = threading.Event()
        with ThreadPoolExecutor(BUYERS) as pool:
            calm = _order_until(shop, products, pool, lambda: time.sleep(20), over)
            over.clear()
            done: list[Done] = []
            busy = _order_until(shop, products, pool, lambda: done.append(_sync(shop.home, lines)), over)
        locked = len(LOCKED.findall((shop.home / "up.log").read_text(encoding="utf-8", errors="replace")))
    print(f"{count:,} lines beside an open shop        {done[0]}")
    print(
        f"orders before: {_told(calm)}\norders during: {_told(busy)}\nlocks told of in the shop's log: {locked}",
        flush=True,
    )
    return sum(status != 302 for status, _, _ in (*calm, *busy)) + locked


def _order_until(
    shop: Shop, products: list[str], pool: ThreadPoolExecutor, meanwhile: Callable[[], None], over: threading.Event
) -> list[tuple[int, float, str]]:
    """People come, order one thing and go, one after the other, until `meanwhile` is done."""

    def go(first: int) -> list[tuple[int, float, str]]:
        presses, number = [], first
        while not over.is_set():
            buyer = Buyer(shop, products[number % len(products)])
            presses.append(buyer.press())
            buyer.http.close()
            number += BUYERS
            time.sleep(1)  # the pieces have to suffice
        return presses

    going = [pool.submit(go, number) for number in range(BUYERS)]
    try:
        meanwhile()
    finally:
        over.set()
    return [press for one in going for press in one.result()]


def _told(presses: list[tuple[int, float, str]]) -> str:
    took = [seconds for _, seconds, _ in presses]
    cut = statistics.quantiles(took, n=20)
    answers = Counter(f"{status} {text}".strip() for status, _, text in presses)
    spread = f"p50 {cut[9]:.2f} s, p95 {cut[18]:.2f} s, longest {max(took):.2f} s"
    return f"{len(presses)}, {spread}; " + ", ".join(f"{count} × {text}" for text, count in answers.most_common())


def _make(writer: str, path: Path, rows: int, revoked: int | None = None) -> None:
    """In a process of its own, so that its memory is not counted here."""
    more = f", revoked=frozenset([{revoked}])" if revoked is not None else ""
    told = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'deploy.settings'; django.setup();"
        "from pathlib import Path; from deploy.bench import _registry_files as files;"
        f"files.{writer}(Path({str(path)!r}), {rows}{more})"
    )
    subprocess.run([sys.executable, "-c", told], cwd=ROOT, env=_environment(path.parent), check=True)


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return kept | {"CHOSAO_HOME": str(home)}


def _sync(home: Path, source: Path) -> Done:
    command = [sys.executable, "-m", "deploy.cli", "sync", str(source), "--source-name", "thu", "--json"]
    return _run([*command, "--records", "none"], _environment(home))


def _run(command: list[str], environment: dict[str, str]) -> Done:
    started = time.perf_counter()
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)
    assert process.stderr is not None
    assert process.stdout is not None
    said: dict[str, float] = {}
    errors = []
    for line in process.stderr:  # its one line on stdout waits in the pipe meanwhile
        errors.append(line)
        if match := re.search(r"records (read)|changes (written)", line):
            said[match[1] or match[2]] = time.perf_counter() - started
    told = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit("".join(errors[-20:]) + told[-2000:])
    return Done(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, said)


if __name__ == "__main__":
    main()
