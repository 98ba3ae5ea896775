"""One writer at a time: a lock on a file beside the index, let go of by the system when its holder dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

LOCK = "writer.lock"
_STEP_SECONDS = 0.02


class Lease:
    """The right to write the index, as long as the file is open."""

    def __init__(self, path: Path, file: IO[str]) -> None:
        self._path, self._file = path, file

    def lost(self) -> bool:
        """Has somebody removed the lock's file, so that another could hold a lease too?"""
        try:
            return os.fstat(self._file.fileno()).st_ino != self._path.stat().st_ino
        except FileNotFoundError:
            return True


@contextmanager
def lease(wait: float = 0) -> Iterator[Lease | None]:
    """The writer's lease inside the block, or None where another still holds it after `wait` seconds."""
    path = Path(settings.SEARCH_INDEX_DIR) / LOCK
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        yield Lease(path, file) if _lock(file, time.monotonic() + wait) else None


def _lock(file: IO[str], until: float) -> bool:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_STEP_SECONDS)
        else:
            return True
