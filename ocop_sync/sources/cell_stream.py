"""What the process that reads a workbook tells, line by line; it is killed and reaped when nobody listens any more."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ocop_sync.sources.refusals import Refusal

ROOT = Path(__file__).resolve().parents[2]
LONGEST_WAIT = 120.0  # seconds spent waiting for the process, all in all
LONGEST_LINE = 16 * 1024 * 1024  # bytes
KEPT = ("PATH", "LANG", "LD_LIBRARY_PATH", "TMPDIR")  # of the environment: no secret is in reach of a crafted file


def cell_lines(path: Path) -> Generator[Any, None, None]:
    """None once the process has been started; the lines of `cells.py` for a workbook, the last one being the end line.

    Raises SourceUnusable.
    """
    with _process(path) as process:
        yield None
        for line in _lines(process, path.name):
            told = json.loads(line)
            if isinstance(told, dict) and "refused" in told:
                raise Refusal(told["refused"], source=path.name, **told["data"])
            yield told
            if isinstance(told, dict) and "end" in told:
                return
        raise _died(process.wait(), path.name)


@contextmanager
def _process(path: Path) -> Generator[subprocess.Popen[bytes], None, None]:
    command = [sys.executable, "-m", "ocop_sync.sources.cells"]
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    try:
        file = path.open("rb")
    except OSError as error:
        raise Refusal("no_file", source=path.name, reason=error.strerror or str(error)) from error
    with file:
        process = subprocess.Popen(  # noqa: S603 - our own module
            command, cwd=ROOT, env=environment, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _lines(process: subprocess.Popen[bytes], source: str) -> Iterator[bytes]:
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    descriptor = process.stdout.fileno()
    poll = select.poll()
    poll.register(descriptor, select.POLLIN | select.POLLHUP)
    left, rest = LONGEST_WAIT, b""
    while True:
        started = time.monotonic()
        ready = poll.poll(left * 1000)
        left -= time.monotonic() - started
        if not ready or left <= 0 or len(rest) > LONGEST_LINE:
            raise Refusal("too_much", source=source)
        chunk = os.read(descriptor, 1 << 18)
        if not chunk:
            return
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines


def _died(code: int, source: str) -> Refusal:
    if code < 0:  # killed by its limits: an allocation refused is an abort
        return Refusal("too_much", source=source)
    return Refusal("damaged", source=source, reason=f"exit code {code}")
