"""The stand-in over HTTP, as the real client speaks it, with faults to order."""

import json
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.catalog.search.standin.cluster import Cluster
from tests.catalog.search.standin.refusals import Refused

Fault = Callable[[str, str], int | None]  # method and path → a status to answer with; None: as always. It may wait.
_JSON, _LINES = (f"application/vnd.elasticsearch+{kind}; compatible-with=9" for kind in ("json", "x-ndjson"))


class StandIn:
    """A server on a port of its own. What it holds outlives `stop`, so that it can come back by `start`."""

    def __init__(self) -> None:
        self.cluster = Cluster()
        self.asked: list[str] = []  # "METHOD /path" of each request
        self.fault: Fault | None = None
        self.lock = threading.Lock()
        self._port = 0
        self._server: ThreadingHTTPServer | None = None
        self.open: set[socket.socket] = set()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Listen."""
        handler = type("Handler", (_Handler,), {"standin": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Be gone: no new connection, and those that are open break."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        for one in list(self.open):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def fail(self, part: str, status: int, times: int = 1_000_000) -> None:
        """Answer requests whose line has this part with a status, so often."""
        left = [times]

        def fault(method: str, path: str) -> int | None:
            if part in f"{method} {path}" and left[0] > 0:
                left[0] -= 1
                return status
            return None

        self.fault = fault

    def hang(self, part: str, seconds: float) -> None:
        """Answer requests whose line has this part late."""

        def fault(method: str, path: str) -> None:
            if part in f"{method} {path}":
                time.sleep(seconds)

        self.fault = fault

    def well(self) -> None:
        """No more faults."""
        self.fault = None
        self.asked.clear()
        self.cluster.item_faults.clear()


class _Handler(BaseHTTPRequestHandler):
    standin: StandIn
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.standin.open.add(self.connection)

    def finish(self) -> None:
        self.standin.open.discard(self.connection)
        super().finish()

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        path, body = unquote(parts.path), self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.standin.asked.append(f"{self.command} {path}")
        fault = self.standin.fault
        status = fault(self.command, path) if fault else None
        try:
            self._check(path, body, status)
            with self.standin.lock:
                told: Any
                status, told = self.standin.cluster.answer(self.command, path, dict(parse_qsl(parts.query)), body)
        except Refused as refused:
            status, told = refused.status, refused.body()
        except (KeyError, TypeError, ValueError) as error:
            status, told = 400, Refused(400, "parsing_exception", f"{type(error).__name__}: {error}").body()
        self._send(status, b"" if self.command == "HEAD" else json.dumps(told).encode())

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - the names are the library's

    def _check(self, path: str, body: bytes, ordered: int | None) -> None:
        if ordered:
            raise Refused(ordered, "stand_in_fault", "as ordered")
        wanted = _LINES if path.endswith("_bulk") else _JSON
        if body and self.headers.get("Content-Type") != wanted:
            raise Refused(406, "media_type_header_exception", f"Content-Type {self.headers.get('Content-Type')}")

    def _send(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("X-Elastic-Product", "Elasticsearch")  # the client speaks to nobody else
            self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=9")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""
