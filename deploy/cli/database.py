"""Bringing the shop's database up to date, one process at a time; see docs/decisions/0008.

A database of this machine's own (SQLite) is migrated by whatever command comes first. One that other machines share is
migrated by `./chosao migrate` and `./chosao up` alone; every other command says what is missing, or waits for it.
"""

import fcntl
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from catalog.health.pending import pending_migrations

MIGRATING = 7307  # the key of our advisory lock in PostgreSQL; catalog.saleor.turns has 7305 and 7306
ASK_EVERY = 2.0  # seconds
SAY_EVERY = 60.0


def migrate() -> list[str]:
    """Apply what is pending, as the only one; returns it."""
    with _alone():
        if found := pending_migrations():
            call_command("migrate", interactive=False, verbosity=0)
        return found


def require_migrated() -> None:
    """For a command: its database is up to date afterwards, or it ends here and says what to do."""
    try:
        if connection.vendor == "sqlite":
            migrate()
        elif found := pending_migrations():
            raise click.ClickException(_missing(found))
    except DatabaseError as error:
        raise click.ClickException(f"the database does not answer: {error}") from error


def wait_until_migrated() -> None:
    """For a process that runs for good: returns when the database is up to date, and says meanwhile what it misses."""
    said = ""
    said_at = 0.0
    while (missing := _not_ready()) is not None:
        if missing != said or time.monotonic() - said_at > SAY_EVERY:
            print(f"waiting: {missing}", file=sys.stderr, flush=True)
            said, said_at = missing, time.monotonic()
        time.sleep(ASK_EVERY)


def _not_ready() -> str | None:
    try:
        if connection.vendor == "sqlite":
            migrate()
            return None
        found = pending_migrations()
    except DatabaseError as error:
        connection.close()
        return f"the database does not answer: {str(error).strip()}"
    return _missing(found) if found else None


def _missing(found: list[str]) -> str:
    return f"the database lacks {len(found)} migrations, the first is {found[0]}; run ./chosao migrate"


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, 0)", [MIGRATING])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [MIGRATING])
        return
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    with (home / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
