"""Load on a web server: a closed loop by wrk, and a fixed rate by a small loop of our own."""

import asyncio
import json
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

CLIENTS = 8
CONNECTIONS = 32  # at a fixed rate; a request waits for a free one, and its clock runs since it was due
SCRIPT = """
local lines, at = {}, 0
wrong, threads = 0, {}
function setup(thread) table.insert(threads, thread) end
function init()
  for line in io.lines("%(lines)s") do
    lines[#lines + 1] = %(request)s
  end
end
function request() at = at %% #lines + 1; return lines[at] end
function response(status) if status ~= 200 then wrong = wrong + 1 end end
function done(summary, latency)
  local bad, e = 0, summary.errors
  for _, thread in ipairs(threads) do bad = bad + thread:get("wrong") end
  io.write(string.format('\\n{"requests":%%d,"seconds":%%f,"size":%%d,"p50":%%f,"p95":%%f,"p99":%%f,"failed":%%d}\\n',
    summary.requests, summary.duration / 1e6, summary.bytes / math.max(1, summary.requests),
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    bad + e.connect + e.read + e.write + e.timeout))
end
"""
GET = 'wrk.format("GET", line)'
POST = 'wrk.format("POST", nil, {["Content-Type"] = "application/json", ["Host"] = wrk.headers["Host"]}, line)'


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: answers a second, milliseconds, bytes an answer with its headers, answers other than 200."""

    rate: float
    p50: float
    p95: float
    p99: float
    size: int
    requests: int
    failed: int


def missing_tool() -> str:
    """What to say where wrk is not there, else nothing."""
    return "" if shutil.which("wrk") else "the load generator wrk is missing; on Debian: apt-get install wrk"


def closed_loop(url: str, lines: Sequence[str], seconds: float, folder: Path, *, post: bool = False) -> Load:
    """Eight clients, each asking again as soon as it is answered: `lines` are paths, or bodies to post to `url`."""
    asked, script = folder / "asked.txt", folder / "load.lua"
    asked.write_text("\n".join(lines), encoding="utf-8")
    script.write_text(SCRIPT % {"lines": str(asked), "request": POST if post else GET}, encoding="utf-8")
    length = f"-d{max(1, round(seconds))}s"
    command = ["wrk", "-t1", f"-c{CLIENTS}", length, "--timeout", "20s", "-s", str(script), url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.strip().splitlines()[-1])
    found = {name: told[name] for name in ("p50", "p95", "p99", "size", "requests", "failed")}
    return Load(rate=told["requests"] / told["seconds"], **found)


def fixed_rate(url: str, paths: Sequence[str], rate: int, seconds: float) -> Load:
    """So many requests a second, whatever the answers do; milliseconds since each was due."""
    return asyncio.run(_fixed_rate(url, paths, rate, round(rate * seconds)))


async def _fixed_rate(url: str, paths: Sequence[str], rate: int, number: int) -> Load:
    host, port = urlsplit(url).hostname, urlsplit(url).port
    started, turns = time.perf_counter() + 0.1, count()
    took: list[float] = []
    statuses: list[int] = []
    sizes: list[int] = []

    async def connection() -> None:
        reader, writer = await asyncio.open_connection(host, port)
        while (turn := next(turns)) < number:
            due = started + turn / rate
            await asyncio.sleep(due - time.perf_counter())
            writer.write(f"GET {paths[turn % len(paths)]} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            await reader.readexactly(length)
            took.append((time.perf_counter() - due) * 1000)
            statuses.append(int(head.split(b" ", 2)[1]))
            sizes.append(len(head) + length)
        writer.close()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    whole = time.perf_counter() - started
    took.sort()
    p50, p95, p99 = (took[int(len(took) * share)] for share in (0.5, 0.95, 0.99))
    failed = sum(status != 200 for status in statuses)
    return Load(number / whole, p50, p95, p99, sum(sizes) // number, number, failed)
