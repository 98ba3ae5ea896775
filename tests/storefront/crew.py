"""Processes of a shop that do what they are told, each as soon as it is told, and all at the same moment."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tests.embedded_server import ROOT
from tests.side_by_side import Environment


class Crew:
    """Running processes of `tests.storefront.buyers`."""

    def __init__(self, processes: Sequence[subprocess.Popen[str]]) -> None:
        self._processes = processes

    def ask(self, command: str, *arguments: object) -> Any:
        """What the first of them answers."""
        return self.at_once(command, [arguments])[0]

    def at_once(self, command: str, shares: Sequence[Sequence[object]]) -> list[Any]:
        """What each answers that gets a share, which is its arguments; all are told before any is heard."""
        told = list(zip(self._processes, shares, strict=False))
        for process, share in told:
            assert process.stdin
            process.stdin.write(json.dumps([command, *share]) + "\n")
            process.stdin.flush()
        return [_heard(process) for process, _ in told]


def _heard(process: subprocess.Popen[str]) -> Any:
    assert process.stdout
    line = process.stdout.readline()
    assert line, "the process ended without an answer"
    return json.loads(line)


@contextmanager
def crew(environment: Environment, number: int) -> Iterator[Crew]:
    """So many processes in this shop, ready; they end with the block."""
    command = [sys.executable, "-m", "tests.storefront.buyers"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    processes = [subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) for _ in range(number)]
    try:
        for process in processes:
            assert _heard(process) == "ready"
        yield Crew(processes)
    finally:
        for process in processes:
            process.kill()
            process.communicate()
