"""A sign of life of a process that serves nothing: a file, touched while the process's own loop turns.

Only where `CHOSAO_HEARTBEAT` names the file, as the image does; who looks after the process takes one older than five
minutes for a process that hangs. A broker that is away stops a worker's loop: it is then started again, which harms
nothing, since work lies in the database.
"""

from pathlib import Path
from typing import Any

from celery import bootsteps
from celery.beat import PersistentScheduler
from django.conf import settings

EVERY = 15.0  # seconds


def touch() -> None:
    """Say that this process is alive."""
    if settings.HEARTBEAT_FILE:
        Path(settings.HEARTBEAT_FILE).touch()


class WorkerHeartbeat(bootsteps.StartStopStep):
    """In a worker: from the loop that takes messages, not from the processes that work them off."""

    requires = {"celery.worker.components:Timer"}

    def __init__(self, worker: Any, **kwargs: Any) -> None:
        super().__init__(worker, **kwargs)
        self.entry: Any = None

    def start(self, worker: Any) -> None:
        """Begin with the first touch at once."""
        touch()
        self.entry = worker.timer.call_repeatedly(EVERY, touch)

    def stop(self, worker: Any) -> None:
        """A worker that winds up says nothing more."""
        if self.entry is not None:
            self.entry.cancel()


class BeatScheduler(PersistentScheduler):
    """Beat's own scheduler: every look at the schedule is a sign of life."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due; seconds until the next look."""
        touch()
        wait: float = super().tick(*args, **kwargs)
        return wait
