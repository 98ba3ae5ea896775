"""`send_webhooks`: deliver the outbox until stopped."""

import signal
import threading

from django.core.management.base import BaseCommand, CommandParser

from deploy.embedded.webhooks.sender import run


class Command(BaseCommand):
    """Any number may run; a killed one loses nothing."""

    help = "Deliver webhooks from the outbox until stopped (SIGTERM or SIGINT)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, for tests and cron."""
        parser.add_argument("--once", action="store_true", help="deliver what is due now, then stop")

    def handle(self, *_args: object, once: bool, **_options: object) -> None:
        """Loop with a half-second pause when nothing is due."""
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        run(stopping, once=once)
