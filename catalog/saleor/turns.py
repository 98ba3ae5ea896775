"""One order at a time for the same goods; one publisher at a time.

Saleor 3.23 loses sight of earlier promises while it writes an order: completed at the same moment, more orders are
accepted than there are pieces (measured on 3.23.28: eight for three). One after the other they are judged rightly.
Every order of our channel is made by us, so that taking turns here is enough.
"""

import fcntl
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from catalog.saleor import patience
from catalog.saleor.errors import SaleorUnavailable

PATIENCE = 15.0  # seconds
PAUSE = 0.02
GATES = 512  # goods share a gate when their references hash alike; that costs a wait, nothing else
LOCK_SPACE, SINGLE_SPACE = 7305, 7306  # the first keys of our advisory locks in PostgreSQL


@contextmanager
def in_turn(references: Iterable[str]) -> Iterator[None]:
    """Hold the gates of these goods (externalReferences) inside the block, against every process of this shop.

    A process that dies lets go. No transaction is open meanwhile. Raises SaleorUnavailable after `PATIENCE`, or
    when a person has waited long enough.
    """
    deadline = time.monotonic() + patience.at_most(PATIENCE)
    gate = _advisory if connection.vendor == "postgresql" else _file
    with ExitStack() as held:
        for number in sorted({zlib.crc32(reference.encode()) % GATES for reference in references}):
            held.enter_context(gate(number, deadline))
        yield


@contextmanager
def _advisory(number: int, deadline: float, space: int = LOCK_SPACE) -> Iterator[None]:
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [space, number])
            if cursor.fetchone()[0]:
                break
            _wait(deadline)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [space, number])


@contextmanager
def _file(name: int | str, deadline: float) -> Iterator[None]:
    folder = Path(settings.HOME) / "turns"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / str(name)).open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                _wait(deadline)
        yield  # closing the file lets go


def _wait(deadline: float) -> None:
    if time.monotonic() >= deadline:
        raise SaleorUnavailable(operation="turn", reason="others hold these goods for too long", was_sent=False)
    time.sleep(PAUSE)


@contextmanager
def alone(name: str, patience: float = 0.0) -> Iterator[bool]:
    """Be the only process of this shop that does `name` inside the block; False where another one is at it.

    `patience`: seconds to wait for the other one.

    A process that dies lets go. In PostgreSQL the lock is the session's: no pooler that shares sessions may stand
    between.
    """
    with ExitStack() as held:
        number, deadline = zlib.crc32(name.encode()) % 2**31, time.monotonic() + patience
        gate = _advisory(number, deadline, SINGLE_SPACE) if connection.vendor == "postgresql" else _file(name, deadline)
        try:
            held.enter_context(gate)
        except SaleorUnavailable:
            yield False
            return
        yield True
