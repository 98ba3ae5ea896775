"""Work shared with a fork of this process: one core reads a source while the other judges what was read."""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Generic, TypeVar

from catalog.bulk import batches

BATCH = 200  # items of one message
ALONE = 2000  # items; fewer are not worth a process
AHEAD = 2  # batches that the fork has and has not answered: one that it works on, one that lies ready
Item = TypeVar("Item")
Done = TypeVar("Done")
Work = Callable[[list[Item]], list[Done]]


def shared(work: Work[Item, Done], items: Iterable[Item]) -> Iterator[Done]:
    """What `work` makes of each batch of items, in their order. Items and results must be picklable.

    `work` touches no database and does not depend on the batches before. Where there is a second core, a fork takes
    the batches that it has time for; this process works on the others. A batch stays here until its answer has come,
    so that a fork that fails or dies costs time only. Raises what `work` raises.
    """
    pending = deque[_Batch[Item, Done]]()
    fork: _Fork[Item, Done] | None = None
    try:
        for number, some in enumerate(batches(items, BATCH)):
            if number * BATCH == ALONE and _cores() > 1:
                fork = _Fork(work)
            batch = _Batch[Item, Done](some)
            pending.append(batch)
            if fork is None or not fork.takes(batch):
                batch.done = work(some)
            while pending and pending[0].done is not None:
                yield from pending.popleft().done or ()
        if fork:
            fork.finish()
        for batch in pending:
            yield from batch.done or ()
    finally:
        if fork:
            fork.close()


@dataclass
class _Batch(Generic[Item, Done]):
    items: list[Item]
    done: list[Done] | None = None


class _Fork(Generic[Item, Done]):
    """The fork, and the batches that it has."""

    def __init__(self, work: Work[Item, Done]) -> None:
        self._work = work
        self._given = deque[_Batch[Item, Done]]()
        self._pipe, theirs = Pipe()
        self._pid = os.fork()
        if not self._pid:
            self._pipe.close()
            _serve(theirs, work)
        theirs.close()
        self._is_there = True

    def takes(self, batch: _Batch[Item, Done]) -> bool:
        """Give it this batch, unless it has enough to do."""
        self._collect(self._pipe.poll)
        if len(self._given) >= AHEAD or not self._is_there:
            return False
        self._given.append(batch)
        try:
            self._pipe.send(batch.items)
        except OSError:
            self._lost()
        return True

    def finish(self) -> None:
        """Wait until every batch that it has is done."""
        self._collect(lambda: True)

    def close(self) -> None:
        """It is gone when this returns, whatever it was at."""
        self._pipe.close()
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def _collect(self, may_read: Callable[[], bool]) -> None:
        try:
            while self._given and may_read():
                self._given[0].done = self._pipe.recv()
                self._given.popleft()
        except (EOFError, OSError):
            self._lost()

    def _lost(self) -> None:
        """What it had is done here; what made it fail fails here too, with its own error."""
        self._is_there = False
        while self._given:
            batch = self._given.popleft()
            batch.done = self._work(batch.items)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _serve(pipe: Connection, work: Work[Item, Done]) -> None:
    """The fork's life: it answers until nobody asks, and leaves without a word, since nothing here is its own."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever waits for it
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        gc.freeze()  # no look at what it shares, and so no copy of it
        asked = SimpleQueue[list[Item] | None]()
        threading.Thread(target=_listen, args=(pipe, asked), daemon=True).start()
        while (items := asked.get()) is not None:
            pipe.send(work(items))
    finally:
        os._exit(0)


def _listen(pipe: Connection, asked: "SimpleQueue[list[Item] | None]") -> None:
    """Take in what comes even while it works: two that wait for each other to read would wait for ever."""
    try:
        while True:
            asked.put(pipe.recv())
    except (EOFError, OSError):
        asked.put(None)
