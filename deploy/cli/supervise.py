"""Running the shop's processes: each in a session of its own, its output in a log file, restarted when it falls over.

No child outlives the supervisor: on Linux the kernel ends them should it be killed outright.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

GRACE_SECONDS = 8.0
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process: its name, its command, what its environment adds to ours."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    not_before: float = 0.0

    def start(self, logs: Path) -> None:
        """Start it, its output appended to `<logs>/<name>.log`."""
        with (logs / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.env},
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - the supervisor has one thread
            )

    def kill_group(self) -> None:
        """End the process, if it still runs, and whatever it left behind."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @property
    def alive(self) -> bool:
        """Is it running?"""
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Starts children, keeps them running, stops all of them."""

    def __init__(self, logs: Path) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self.logs = logs
        self.children: list[Child] = []
        self.stopping = False

    def start(self, name: str, *arguments: str, **env: str) -> Child:
        """Start `python -m …` as a child."""
        log = self.logs / f"{name}.log"
        if log.exists() and log.stat().st_size > 5_000_000:
            log.replace(log.with_suffix(".log.1"))
        child = Child(name, [sys.executable, "-m", *arguments], env)
        child.start(self.logs)
        self.children.append(child)
        return child

    def wait_ready(self, child: Child, ready: Callable[[], bool], seconds: float = 30.0) -> None:
        """Until `ready()`; RuntimeError with the end of its log when the child dies or takes too long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if ready():
                return
            if not child.alive:
                break
            time.sleep(0.05)
        tail = (self.logs / f"{child.name}.log").read_text(errors="replace").splitlines()[-15:]
        raise RuntimeError(f"{child.name} did not start; the end of its log:\n" + "\n".join(tail))

    def run(self) -> None:
        """Keep the children running until `stop` is asked for (SIGINT, SIGTERM)."""
        while not self.stopping:
            for child in self.children:
                self._tend(child)
            time.sleep(0.25)

    def _tend(self, child: Child) -> None:
        now = time.monotonic()
        if child.alive or self.stopping or now < child.not_before:
            return
        if child.not_before == 0.0:
            child.failures += 1
            child.not_before = now + min(2**child.failures, 30)
            print(f"{child.name} stopped; starting it again shortly (see {child.name}.log)", file=sys.stderr)
            return
        child.not_before = 0.0
        child.start(self.logs)

    def stop(self) -> None:
        """End every child: politely, then by force; what they started goes with them.

        Only the child itself is asked: one that has a pool would take a worker's end for an accident and replace it.
        """
        self.stopping = True
        for child in reversed(self.children):
            if child.process is not None:
                child.process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and any(child.alive for child in self.children):
            time.sleep(0.05)
        for child in self.children:
            child.kill_group()
