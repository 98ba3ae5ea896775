"""A real embedded server for tests: its own processes, folder, database and port.

    with running_server() as server:
        server.post("query { shop { name } }")

`server.url` is the API's address, `server.token` an app's token with all permissions. The fixture `embedded_server` is
one such server for a whole test session, with its sender of webhooks.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Api:
    """A server with Saleor's API, by its address and an app's token. `post` answers the whole JSON body."""

    url: str
    token: str

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return self.url.removesuffix("/graphql/")

    def post(self, query: str, variables: dict[str, Any] | None = None, token: str | None = "own") -> dict[str, Any]:
        """Run a document as the app, as another one, or (`token=None`) as a visitor."""
        bearer = self.token if token == "own" else token
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        body = {"query": query, "variables": variables or {}}
        return httpx.post(self.url, json=body, headers=headers, timeout=60).json()


GIVEN = Api(os.environ.get("SALEOR_API_URL", ""), os.environ.get("SALEOR_APP_TOKEN", ""))
"""The server that the environment names, if it does."""
SERVERS = ["embedded", "given"] if GIVEN.url and GIVEN.token else ["embedded"]


@dataclass
class Server(Api):
    """A running embedded server."""

    home: Path
    environment: dict[str, str]
    senders: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def manage(self, *arguments: str) -> str:
        """Run a management command on this server's database; its standard output."""
        return manage(self.environment, *arguments)

    def start_sender(self) -> subprocess.Popen[bytes]:
        """Start the process that delivers webhooks; it ends with the server."""
        command = [sys.executable, "-m", "deploy.embedded.manage", "send_webhooks"]
        sender = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        self.senders.append(sender)
        return sender


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Run one management command of the embedded server."""
    command = [sys.executable, "-m", "deploy.embedded.manage", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server(database_url: str | None = None, workers: int = 1) -> Iterator[Server]:
    """Start a server on a free port with a fresh folder (SQLite, or the empty PostgreSQL database of the address)."""
    home = Path(tempfile.mkdtemp(prefix="embedded-"))
    environment = {**os.environ, "CHOSAO_HOME": str(home), "PYTHONWARNINGS": "default"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("EMBEDDED_DATABASE_URL", None)
    if database_url:
        environment["EMBEDDED_DATABASE_URL"] = database_url
    manage(environment, "migrate", "--verbosity", "0")
    token = manage(environment, "ensure_app", "--name", "tests").strip()
    port = free_port()  # only now: what is free may be taken a moment later
    origin = f"http://127.0.0.1:{port}"
    environment["EMBEDDED_PUBLIC_URL"] = origin
    web = _serve(environment, port, workers)
    server = Server(f"{origin}/graphql/", token, home, environment)
    try:
        _wait_for(web, f"{origin}/health/")
        yield server
    finally:
        for process in [*server.senders, web]:
            process.terminate()
        for process in [*server.senders, web]:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
        shutil.rmtree(home, ignore_errors=True)


def _serve(environment: dict[str, str], port: int, workers: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "2", "--log-level", "warning", "--no-ws"]
    return subprocess.Popen([*command, "deploy.embedded.wsgi:application"], cwd=ROOT, env=environment)


def _wait_for(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended before it answered"
        try:
            if httpx.get(address, timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within a minute")


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[Server]:
    """One server for a whole test session; it delivers webhooks."""
    with running_server() as server:
        server.start_sender()
        yield server
