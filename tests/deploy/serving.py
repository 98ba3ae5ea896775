"""The shop's web process for a test, started as a container starts it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.embedded_server import free_port

ROOT = Path(__file__).resolve().parents[2]
TAKEN = ("DATABASE_URL", "REDIS_URL", "SALEOR_API_URL", "SALEOR_APP_TOKEN", "PYTHONPATH")


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a shop on SQLite in `home`."""
    kept = {name: value for name, value in os.environ.items() if name not in TAKEN}
    return {**kept, "DJANGO_SETTINGS_MODULE": "deploy.settings", "CHOSAO_HOME": str(home), **more}


@contextmanager
def running_web(known: dict[str, str], root: Path = ROOT) -> Iterator[str]:
    """`./chosao run web` on a free port; its address (host and port)."""
    port = free_port()
    command = [sys.executable, "-m", "deploy.cli", "run", "web", "--port", str(port)]
    process = subprocess.Popen(command, cwd=root, env=known)
    try:
        wait_for(process, f"http://127.0.0.1:{port}/xac-minh/")
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def wait_for(process: subprocess.Popen[bytes], address: str) -> None:
    """Until it answers anything at all."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "it ended before it answered"
        try:
            httpx.get(address, timeout=5)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{address} did not answer within a minute")
