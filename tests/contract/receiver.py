"""A receiver of webhooks on a free port of this machine."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PATIENCE = 30  # seconds that a server may take to deliver


@dataclass(frozen=True)
class Delivery:
    """One request: its headers by their usual names, and its raw body."""

    headers: dict[str, str]
    body: bytes


class Receiver:
    """Answers 202 to every POST and keeps it."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self._news = threading.Condition()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(202)
                self.end_headers()
                outer._keep(Delivery({name.title(): value for name, value in self.headers.items()}, body))

            def log_message(self, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hooks/saleor/"

    def wait_for(self, *parts: str) -> Delivery:
        """The first delivery whose body holds all `parts`; an assertion error when none comes."""
        wanted = [part.encode() for part in parts]

        def found() -> Delivery | None:
            return next((d for d in self.deliveries if all(part in d.body for part in wanted)), None)

        with self._news:
            delivery = self._news.wait_for(found, PATIENCE)
        assert delivery, f"no delivery with {parts}"
        return delivery

    def _keep(self, delivery: Delivery) -> None:
        with self._news:
            self.deliveries.append(delivery)
            self._news.notify_all()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
