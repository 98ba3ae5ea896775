"""`./chosao up`: the whole shop, with everything that it starts ended when it ends."""

import fcntl
import os
import signal
import socket
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import IO

import click

from catalog.errors import ShopError
from deploy.cli import roles
from deploy.cli.supervise import Supervisor

API_HOST = "127.0.0.1"
RUNNING = "shop.lock"


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The shop's port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
def up(port: int, host: str) -> None:
    """Open the shop: migrate, load the sample the first time, index, serve, work. Ctrl-C stops all of it."""
    started = time.monotonic()
    external_api = os.environ.get("SALEOR_API_URL", "")
    api_port = port + 1
    _require_free(host, port, "choose another with --port")
    if not external_api:
        _require_free(API_HOST, api_port, "the embedded API uses the port after the shop's; choose another with --port")
        os.environ["SALEOR_API_URL"] = f"http://{API_HOST}:{api_port}/graphql/"
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    os.environ.setdefault("CHOSAO_PUBLIC_URL", f"http://{shown}:{port}")

    from deploy.cli.__main__ import set_up

    _say("preparing the database")
    set_up()
    from django.conf import settings

    from deploy.cli.database import migrate

    migrate()

    home = Path(settings.HOME)
    lock = _only_one(home)
    supervisor = Supervisor(home / "logs")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        _start(supervisor, host, port, None if external_api else api_port)
        _welcome(home, time.monotonic() - started)
        supervisor.run()
    except KeyboardInterrupt:
        _say("stopping")
    except ShopError as error:
        raise click.ClickException(error.message("en")) from error
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave children behind
        supervisor.stop()
        lock.close()
    _say("stopped")


def _start(supervisor: Supervisor, host: str, port: int, api_port: int | None) -> None:
    from deploy.cli import seed
    from deploy.cli.static import collect

    if api_port is not None:
        _say("starting the embedded API")
        _start_embedded(supervisor, api_port)
    collect()
    seed.seed(_say)
    _say("starting the shop")
    supervisor.start("indexer", *roles.indexer())
    web = supervisor.start("web", *roles.web(host, port))
    supervisor.start("worker", *roles.worker(["inbox"], 1))  # whatever the others do, orders do not wait
    supervisor.start("worker-long", *roles.worker(["publish", "default"], 2))
    supervisor.start("worker-sync", *roles.worker(["sync"], 1))
    supervisor.start("beat", *roles.beat(supervisor.logs.parent / "beat"))
    probe = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared, not bound
    supervisor.wait_ready(web, lambda: _answers(probe, port), 60)


def _start_embedded(supervisor: Supervisor, port: int) -> None:
    from deploy.cli.embedded_app import ensure_registered
    from deploy.cli.tools import run_module

    run_module("deploy.embedded.manage", "migrate", "--verbosity=0")
    origin = f"http://{API_HOST}:{port}/"  # webhooks say who sent them
    command = roles.web(API_HOST, port, target="deploy.embedded.wsgi:application", workers=1)
    api = supervisor.start("api", *command, EMBEDDED_PUBLIC_URL=origin)
    supervisor.start("api-webhooks", "deploy.embedded.manage", "send_webhooks", EMBEDDED_PUBLIC_URL=origin)
    supervisor.wait_ready(api, lambda: _answers(API_HOST, port))
    ensure_registered()


def _require_free(host: str, port: int, hint: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(f"port {port} on {host} cannot be used ({error.strerror}); {hint}") from error


def _answers(host: str, port: int) -> bool:
    try:
        with closing(socket.create_connection((host, port), timeout=0.5)):
            return True
    except OSError:
        return False


def _only_one(home: Path) -> IO[str]:
    lock = (home / RUNNING).open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"the shop of {home} is already running; stop it, or set CHOSAO_HOME to another folder"
        raise click.ClickException(message) from error
    return lock


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _say(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)


def _welcome(home: Path, seconds: float) -> None:
    from django.conf import settings

    from deploy.cli import seed

    print(f"\nChợ Sao is open after {seconds:.1f} s: {settings.PUBLIC_URL}/  (English: {settings.PUBLIC_URL}/en/)")
    for login in seed.logins(home):
        print(f"  {login.role:<12} {login.username:<14} {login.password:<18} {settings.PUBLIC_URL}{login.path}")
    print(f"State and logs: {home}. Ctrl-C stops everything.", flush=True)
