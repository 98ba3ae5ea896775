"""A bad line between the shop and its Saleor, for benchmarks and tests: it disturbs as told, by a seeded chance.

    with Line("http://127.0.0.1:8000", chance, hang=1.0) as line:
        line.kind = "hang after"

`line.url` is the API's address as the shop sees it. `Deliveries` keeps what Saleor's webhooks post, to be handed on
late, twice, in another order, or not at all.
"""

import json
import random
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import httpx

KINDS = {
    "errors before": ("500 html", "500 json", "502", "503", "429"),
    "errors after": ("502 after",),
    "reset before": ("reset",),
    "reset after": ("reset after",),
    "hang before": ("hang",),
    "hang after": ("hang after",),
    "late": ("late",),
    "cut off": ("cut", "trickle"),
    "flapping": ("flap",),
}
KINDS["mixed"] = tuple(fault for faults in list(KINDS.values()) for fault in faults if fault != "flap")
_ANSWERS: dict[str, tuple[int, str, bytes, dict[str, str]]] = {
    "500 html": (500, "text/html", b"<h1>Server Error (500)</h1>", {}),
    "500 json": (500, "application/json", b'{"error": "worker died"}', {}),
    "502": (502, "text/html", b"<html><body>502 Bad Gateway</body></html>", {}),
    "503": (503, "application/json", b'{"message": "unavailable"}', {}),
    "429": (429, "text/plain", b"slow down", {"Retry-After": "1"}),
    "502 after": (502, "text/html", b"<html><body>502 Bad Gateway</body></html>", {}),
}
Delivery = tuple[dict[str, str], bytes]


class Server:
    """A web server of threads in a thread; `in_work` counts the requests that are not ended."""

    def __init__(self) -> None:
        self.in_work, self.lock = 0, threading.Lock()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30

            def do_POST(self) -> None:
                with owner.lock:
                    owner.in_work += 1
                try:
                    owner.answer(self, self.rfile.read(int(self.headers.get("Content-Length") or 0)))
                except OSError:  # whoever asked has gone
                    pass
                finally:
                    self.close_connection = True
                    with owner.lock:
                        owner.in_work -= 1

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, *_: Any) -> None:
                """Silence."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        """Answer one request."""
        raise NotImplementedError

    def drain(self) -> None:
        """Until every request has ended, also those whose askers have gone."""
        while self.in_work:
            time.sleep(0.02)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class Line(Server):
    """Passes requests on to `upstream`. An empty kind disturbs nothing; any other disturbs `share` of the requests, and
    every mutation the first time that it is seen. `hang` is how many seconds a hanging one takes.
    """

    def __init__(self, upstream: str, chance: random.Random, *, hang: float, share: float = 0.2) -> None:
        super().__init__()
        self.chance, self.hang, self.share = chance, hang, share
        self.url = f"{self.origin}/graphql/"
        self.kind = ""
        self.passed, self.disturbed = 0, Counter[str]()
        self._seen: set[str] = set()
        self._http = httpx.Client(base_url=upstream, timeout=120, limits=httpx.Limits(max_connections=50))

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        """Disturb it, before or after it was passed on, or neither."""
        fault = self._fault(body)
        if fault in ("hang", "late"):
            time.sleep(self.hang)
        if fault == "late" or fault.endswith("after") or fault in ("", "cut", "trickle"):
            status, kind, content = self._pass_on(request, body)
        if fault == "hang after":
            time.sleep(self.hang)
        if fault in ("reset", "reset after", "flap"):
            _reset(request)
        elif fault in _ANSWERS:
            _send(request, *_ANSWERS[fault])
        elif fault in ("hang", "late", "hang after"):
            _reset(request)
        elif fault == "cut":
            _send(request, status, kind, content, {}, only=len(content) // 2)
        elif fault == "trickle":
            _send(request, status, kind, content, {}, over=self.hang)
        else:
            _send(request, status, kind, content, {})

    @contextmanager
    def calm(self) -> Iterator[None]:
        """Nothing is disturbed inside the block."""
        kind, self.kind = self.kind, ""
        yield
        self.kind = kind

    def _fault(self, body: bytes) -> str:
        with self.lock:
            if not self.kind:
                self.passed += 1
                return ""
            name, mutation = _document(body)
            first = mutation and name not in self._seen
            self._seen.add(name)
            if self.kind == "flapping":
                fault = "flap" if int(time.monotonic() / 0.15) % 3 else ""
            else:
                hit = first or self.chance.random() < self.share
                fault = self.chance.choice(KINDS[self.kind]) if hit else ""
            self.disturbed[fault] += bool(fault)
            self.passed += not fault
            return fault

    def _pass_on(self, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, str, bytes]:
        kept = {name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers}
        answer = self._http.request(request.command, request.path, content=body, headers=kept)
        return answer.status_code, answer.headers.get("content-type", ""), answer.content


class Deliveries(Server):
    """Keeps what webhooks post to `url`."""

    def __init__(self) -> None:
        super().__init__()
        self.url = f"{self.origin}/hooks/saleor/"
        self._kept: list[Delivery] = []
        self.received = 0
        self._last = time.monotonic()

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        """202, like the shop."""
        with self.lock:
            self._kept.append((dict(request.headers.items()), body))
            self.received += 1
            self._last = time.monotonic()
        _send(request, 202, "text/plain", b"", {})

    def take(self, quiet: float, most: float) -> list[Delivery]:
        """All of them, once none has come for `quiet` seconds, or after `most`."""
        until = time.monotonic() + most
        started = time.monotonic()
        while time.monotonic() < until and time.monotonic() - max(self._last, started) < quiet:
            time.sleep(0.02)
        with self.lock:
            taken, self._kept = self._kept, []
        return taken


def _document(body: bytes) -> tuple[str, bool]:
    try:
        told = json.loads(body)
        return str(told["operationName"]), str(told["query"]).lstrip().startswith("mutation")
    except (ValueError, KeyError, TypeError):
        return "", False


def _reset(request: BaseHTTPRequestHandler) -> None:
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.rfile.close()
    request.wfile.close()
    request.connection.close()


def _send(
    request: BaseHTTPRequestHandler,
    status: int,
    kind: str,
    content: bytes,
    headers: dict[str, str],
    *,
    only: int | None = None,
    over: float = 0.0,
) -> None:
    request.send_response(status)
    for name, value in {"Content-Type": kind, "Connection": "close", **headers}.items():
        request.send_header(name, value)
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    if over:
        for number in range(20):
            request.wfile.write(content[number : number + 1])
            request.wfile.flush()
            time.sleep(over / 20)
        content = content[20:]
    request.wfile.write(content[:only])
    request.wfile.flush()
