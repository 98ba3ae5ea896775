"""Databases of a test's own on the PostgreSQL server that DATABASE_URL names."""

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg


@contextmanager
def own_database(address: str, template: str = "template1") -> Iterator[str]:
    """The address of a database of its own, empty or a copy of the one named, gone afterwards."""
    name = f"chosao_test_{secrets.token_hex(6)}"
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            end_sessions(connection.cursor(), name)
            connection.execute(f"DROP DATABASE IF EXISTS {name}")


def end_sessions(cursor: Any, database: str) -> None:
    """End what this role has open there besides the cursor itself, and wait for it.

    PostgreSQL sends its own autovacuum away when a database is dropped; `DROP … WITH (FORCE)` and an attempt to end it
    are refused to whoever is no superuser.
    """
    cursor.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE datname = %s AND usename = current_user AND pid <> pg_backend_pid()",
        [database],
    )
