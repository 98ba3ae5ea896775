"""Bringing the shop's database up to date, at most one process at a time."""

import fcntl
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from catalog.health.probes import pending_migrations


def migrate() -> None:
    """Apply what is pending, under a file lock in the home folder."""
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    with (home / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if pending_migrations():
            call_command("migrate", interactive=False, verbosity=0)
