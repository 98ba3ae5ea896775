"""The shop's processes: their command lines, which `up` supervises, and `./chosao run`, which is one of them alone."""

import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import click

QUEUES = ("inbox", "publish", "default", "sync")


def web(host: str, port: int, *, target: str = "deploy.wsgi:application", workers: int = 2) -> list[str]:
    """Granian; the module and its arguments, for `python -m`."""
    return [
        "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", "4", "--backpressure", "64", "--respawn-failed-workers", "--no-ws",
        "--log-level", "warning", target,
    ]  # fmt: skip


def worker(queues: Sequence[str], processes: int) -> list[str]:
    """A Celery worker of these queues; several on one machine, or pod, do not stand in each other's way."""
    return [
        "celery", "-A", "deploy.celery", "worker", "-Q", ",".join(queues), "-c", str(processes),
        "-n", f"{'-'.join(queues)}@%h", "-l", "WARNING", "--without-gossip",
    ]  # fmt: skip


def beat(state: Path) -> list[str]:
    """Celery's beat; `state` is where it remembers what it last sent."""
    return [
        "celery", "-A", "deploy.celery", "beat", "-s", str(state), "-S", "deploy.heartbeat:BeatScheduler",
        "-l", "WARNING", "--pidfile=",
    ]  # fmt: skip


def indexer() -> list[str]:
    """The only writer of the search index."""
    return ["deploy.cli", "run", "indexer"]


@click.group()
def run() -> None:
    """Run one process of the shop, as a container does. Waits until the database is migrated."""


@run.command("web")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def run_web(host: str, port: int) -> None:
    """Serve the pages."""
    _make_ready()
    from django.conf import settings

    from deploy.cli.static import collect

    if settings.STATIC_ROOT.is_relative_to(settings.HOME):  # else the image brought them
        collect()
    _become(web(host, port))


@run.command("worker")
@click.option("--queue", "queues", multiple=True, default=QUEUES, type=click.Choice(QUEUES), help="By default all.")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64))
def run_worker(queues: tuple[str, ...], processes: int) -> None:
    """Work off queues."""
    _make_ready()
    _become(worker(queues, processes))


@run.command("beat")
def run_beat() -> None:
    """Send what is due by the clock. One is enough, two do no harm."""
    _make_ready()
    from django.conf import settings

    _become(beat(settings.HOME / "beat"))


@run.command("indexer")
def run_indexer() -> None:
    """Keep the search index up to date. One writes; another one waits for the first to end."""
    _make_ready()
    from catalog.search.indexer import run_forever
    from deploy.heartbeat import touch

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    run_forever(stop, touch)


def _make_ready() -> None:
    from deploy.cli.__main__ import set_up

    set_up()
    from deploy.cli.database import wait_until_migrated

    wait_until_migrated()


def _become(arguments: list[str]) -> None:
    """Replace this process, so that signals reach the program itself."""
    os.execv(sys.executable, [sys.executable, "-m", *arguments])  # noqa: S606 - our own commands
