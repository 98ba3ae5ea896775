"""Scheduled syncs under Celery: killed in the middle, told many times, their broker gone; the end is the same.

With a folder as the broker always; with Redis where REDIS_URL is set, with RabbitMQ where AMQP_URL is.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.embedded_server import ROOT
from tests.ocop_sync.configured.files import SOUND, write_sources
from tests.ocop_sync.tables import row, write
from tests.side_by_side import VENDORS, Environment, ask, own_shop

SECONDS = 90
FIRST, SECOND = 700, 1200  # rows; of the first fifty leave and a third are revised
WORKERS = "tests.ocop_sync.configured.workers"
SYNC_DUE = "ocop_sync.sync_due"
BROKERS = [pytest.param("folder", marks=pytest.mark.self_contained), "redis", "rabbitmq"]


def broker(name: str) -> dict[str, str]:
    """Settings of a shop whose broker it is; skips the test where there is none."""
    if name == "folder":
        return {"REDIS_URL": "", "CELERY_BROKER_URL": "filesystem://"}
    variable = {"redis": "REDIS_URL", "rabbitmq": "AMQP_URL"}[name]
    address = os.environ.get(variable, "")
    if not address:
        pytest.skip(f"{variable} is not set")
    return {"CELERY_BROKER_URL": address}


@contextmanager
def stocked(home: Path, vendor: str = "sqlite", **settings: str) -> Iterator[Environment]:
    """A shop that had the first table; the second one stands in its file of sources, and is due."""
    home.mkdir(exist_ok=True)
    first = write(home / "truoc.csv", [row(n, star_rating="3") for n in range(FIRST)])
    kept = [row(n, star_rating="4" if n % 3 else "3") for n in range(50, FIRST)]
    write(home / "bang.csv", [*kept, *(row(n) for n in range(FIRST, SECOND))])
    write_sources(home / "sources.toml", nguon=SOUND)
    with own_shop(vendor, home, SALEOR_API_URL="http://127.0.0.1:9/graphql/", **settings) as shop:
        python(shop, "load", first)
        ask(shop, "__import__('ocop_sync.configured.services').configured.services.due()")
        python(shop, "again", "nguon")
        yield shop


def python(shop: Environment, command: str, argument: str = "_") -> str:
    done = subprocess.run([sys.executable, "-m", WORKERS, command, argument], cwd=ROOT, env=shop, check=False,
                          capture_output=True, text=True, timeout=SECONDS)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def wake_and_kill(shop: Environment, phase: str) -> str:
    """The phase in which the process that syncs met its end."""
    killer = subprocess.Popen([sys.executable, "-m", WORKERS, "kill", phase], cwd=ROOT, env=shop, text=True,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    assert killer.stdout
    assert killer.stdout.readline() == "ready\n"
    assert killer.stdin
    killer.stdin.write("go\n")
    killer.stdin.flush()
    python(shop, "wake", SYNC_DUE)
    return killer.communicate(timeout=SECONDS)[0].strip()


def picture(shop: Environment) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(python(shop, "picture"))
    return told


def of_model(shop: Environment, code: str) -> Any:
    return ask(shop, f"__import__('ocop_sync.models').models.{code}")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the second table leaves when nobody disturbs it."""
    with stocked(tmp_path_factory.mktemp("undisturbed")) as shop:
        ask(shop, "bool(__import__('ocop_sync.configured.services').configured.services.sync_if_due('nguon'))")
        told = picture(shop)
    assert (told["left over"], len(told["records"])) == (0, SECOND)
    return told


@contextmanager
def worker(shop: Environment, name: str = "one") -> Iterator[subprocess.Popen[bytes]]:
    beating = Path(shop["CHOSAO_HOME"]) / f"{name}.beat"
    command = [sys.executable, "-m", "deploy.cli", "run", "worker", "--queue", "sync", "--processes", "1"]
    with beating.with_suffix(".log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**shop, "CHOSAO_HEARTBEAT": str(beating)}, stdout=log,
                                   stderr=log, start_new_session=True)  # fmt: skip
    try:
        assert until(beating.exists), beating.with_suffix(".log").read_text()
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS
    while not (true := condition()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return true


def is_done(shop: Environment) -> bool:
    states = of_model(shop, "SourceSchedule.objects.values_list('good_at', 'leased_until').get()[0] is not None")
    return bool(states)


@pytest.mark.parametrize("phase", ["reading", "writing"])
@pytest.mark.parametrize("name", BROKERS)
def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(
    name: str, phase: str, tmp_path: Path, undisturbed: dict[str, Any]
) -> None:
    with stocked(tmp_path / "shop", **broker(name)) as shop, worker(shop):
        assert wake_and_kill(shop, phase) == phase
        python(shop, "wake", SYNC_DUE)  # nobody takes it over while the lease lasts
        assert not is_done(shop)
        python(shop, "again", "nguon")
        python(shop, "wake", SYNC_DUE)

        assert until(lambda: is_done(shop))
        assert picture(shop) == undisturbed


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_whole_worker_killed_again_and_again_leaves_the_same(
    vendor: str, tmp_path: Path, undisturbed: dict[str, Any]
) -> None:
    with stocked(tmp_path / "shop", vendor, **broker("folder")) as shop:
        for number, phase in enumerate(("reading", "writing", "writing")):
            with worker(shop, f"w{number}") as process:
                assert wake_and_kill(shop, phase) == phase
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            python(shop, "again", "nguon")
        with worker(shop, "last"):
            python(shop, "wake", SYNC_DUE)
            assert until(lambda: is_done(shop))
        assert picture(shop) == undisturbed


@pytest.mark.parametrize("name", BROKERS)
def test_two_workers_and_many_messages_are_one_run(name: str, tmp_path: Path, undisturbed: dict[str, Any]) -> None:
    with stocked(tmp_path / "shop", **broker(name)) as shop, worker(shop, "one"), worker(shop, "two"):
        for _ in range(4):
            python(shop, "wake", SYNC_DUE)

        assert until(lambda: is_done(shop))
        assert picture(shop) == undisturbed
        assert of_model(shop, "Run.objects.count()") == 2  # the one before, by hand, and this one


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a Redis of the test's own, always on the same port."""
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.skip("there is no redis-server")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        started.append(process)
        assert until(lambda: _answers(port))
        return process

    start.url = f"redis://127.0.0.1:{port}/0"  # type: ignore[attr-defined]
    yield start
    for process in started:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    try:
        with closing(socket.create_connection(("127.0.0.1", port), timeout=0.5)):
            return True
    except OSError:
        return False


@pytest.mark.self_contained
def test_with_the_broker_gone_and_back_work_goes_on_from_the_rows(
    redis: Any, tmp_path: Path, undisturbed: dict[str, Any]
) -> None:
    with stocked(tmp_path / "shop", REDIS_URL=redis.url, CELERY_BROKER_URL=redis.url) as shop:
        server = redis()
        with worker(shop):
            python(shop, "wake", SYNC_DUE)
            leased = "SourceSchedule.objects.exclude(lease_owner='').count()"
            assert until(lambda: bool(of_model(shop, leased)) or is_done(shop))  # it may be quicker than we look
            server.kill()  # while it is at work: what it knew of messages is gone with it
            server.wait()
            assert until(lambda: is_done(shop))
            assert picture(shop) == undisturbed

            python(shop, "again", "nguon")  # due while there is no broker
            redis()
            good = of_model(shop, "SourceSchedule.objects.get().good_at.isoformat()")
            assert until(lambda: _woken(shop, good))

        assert picture(shop) == undisturbed
        assert of_model(shop, "Run.objects.filter(state='done').count()") == 3


def _woken(shop: Environment, good: str) -> bool:
    """Wakes as beat does, every now and then: the worker may still be looking for its broker."""
    python(shop, "wake", SYNC_DUE)
    return bool(of_model(shop, "SourceSchedule.objects.get().good_at.isoformat()") != good)
