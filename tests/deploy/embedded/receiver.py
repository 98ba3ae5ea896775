"""A web server of the test process that keeps what webhooks post to it."""

import base64
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding


@dataclass
class Posted:
    """One delivery."""

    event: str
    body: bytes
    headers: dict[str, str]

    @property
    def payload(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    def verify(self, origin: str) -> None:
        """Raise unless the detached signature is by the key that the server publishes."""
        protected, nothing, signature = self.headers["saleor-signature"].split(".")
        header = json.loads(_bytes(protected))
        assert (nothing, header["alg"], header["b64"], header["crit"]) == ("", "RS256", False, ["b64"])
        keys = httpx.get(f"{origin}/.well-known/jwks.json").json()["keys"]
        key = jwt.PyJWK(next(key for key in keys if key["kid"] == header["kid"])).key
        key.verify(_bytes(signature), protected.encode() + b"." + self.body, padding.PKCS1v15(), hashes.SHA256())


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Receiver:
    """`answers` are the status codes to give, the last of them for ever; `arrived` waits until enough came."""

    answers: list[int] = field(default_factory=lambda: [200])
    posted: list[Posted] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)

    def __enter__(self) -> "Receiver":
        keeper = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                with keeper.news:
                    keeper.posted.append(Posted(headers["saleor-event"], body, headers))
                    status = keeper.answers.pop(0) if len(keeper.answers) > 1 else keeper.answers[0]
                    keeper.news.notify_all()
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Silence."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def arrived(self, count: int) -> list[Posted]:
        """The deliveries when there are this many, or a failure after half a minute."""
        with self.news:
            assert self.news.wait_for(lambda: len(self.posted) >= count, 30), [p.event for p in self.posted]
            return list(self.posted)
